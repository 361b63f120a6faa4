import { intAttribute } from '../../../ops/attributes.js';
import { axisWindows, windowOf } from '../../../ops/spatial/window.js';
import type { Kernel } from '../compile/compilation.js';
import { followingActivation } from './activation.js';
import { movementOf } from './movement.js';

/** Spatial axes that oneDNN convolves. */
const mostAxes = 3;

/** Convolution with any stride, padding, dilation and number of groups, together with the activation behind it. */
export const convolution: Kernel = (node, c) => {
  const [input, weightName, biasName = ''] = node.inputs as [string, string, string?];
  const output = node.outputs[0]!;
  if (![input, weightName, ...(biasName === '' ? [] : [biasName])].every((name) => c.has(name))) return false;
  const { scope, program } = c;
  const [inputDims, outputDims, weightDims] = [c.dims(input), c.dims(output), c.dims(weightName)];
  if (inputDims.length - 2 > mostAxes) return false;
  const group = intAttribute(node, 'group', 1);
  const axes = axisWindows(windowOf(node, inputDims.length - 2, weightDims.slice(2)), inputDims);
  const grouped = group === 1 ? weightDims : [group, weightDims[0]! / group, ...weightDims.slice(1)];
  const channels = [outputDims[1]!];
  const movement = movementOf(axes);
  const type = c.activations;
  const outputType = c.typeOf(output);
  const bias = biasName === '' ? undefined : scope.plain(channels);
  const following = followingActivation(node, c);

  const layouts = { source: scope.any(inputDims, type), ...movement };
  const weightsAny = scope.any(grouped, type);
  const forward = scope.describe(
    {
      ...layouts,
      kind: 'convolution',
      training: c.layoutsOfTraining,
      weights: weightsAny,
      bias,
      destination: scope.any(outputDims, outputType),
    },
    following === undefined ? [] : [following.operation],
  );
  const destination = scope.any(outputDims, type);
  const inputGradient = c.wants(input)
    ? scope.describe({ ...layouts, kind: 'convolution-input-gradient', weights: weightsAny, destination, forward })
    : undefined;
  const wantsBias = biasName !== '' && c.wants(biasName);
  const weightGradient =
    c.wants(weightName) || wantsBias
      ? scope.describe({
          ...layouts,
          kind: 'convolution-weight-gradient',
          weights: scope.any(grouped, 'float32'),
          bias: wantsBias ? bias : undefined,
          destination,
          forward,
        })
      : undefined;

  if (following !== undefined) c.absorb(following.node, 'forward');
  const view = scope.plain(grouped);
  const weights = { ...c.value(weightName), dims: grouped, descriptor: view };
  const x = c.value(input);
  const y = program.value(outputDims, outputType, scope.layout(forward, 'destination'));
  program.run('Conv', forward, {
    source: program.convert(x, scope.layout(forward, 'source'), type),
    weights: program.convert(weights, scope.layout(forward, 'weights'), type),
    ...(biasName === '' ? {} : { bias: c.value(biasName) }),
    destination: y,
  });
  c.define(output, y);

  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined) return;
    if (weightGradient !== undefined) {
      const dw = program.value(grouped, 'float32', scope.layout(weightGradient, 'weightsGradient'));
      const db = wantsBias ? program.value(channels, 'float32', scope.plain(channels)) : undefined;
      program.run('Conv weight gradient', weightGradient, {
        source: program.convert(x, scope.layout(weightGradient, 'source'), type),
        destinationGradient: program.convert(dy, scope.layout(weightGradient, 'destinationGradient'), type),
        weightsGradient: dw,
        ...(db === undefined ? {} : { biasGradient: db }),
      });
      if (c.wants(weightName)) c.addGradient(weightName, dw, view);
      if (db !== undefined) c.addGradient(biasName, db);
    }
    if (inputGradient !== undefined) {
      const dx = program.value(inputDims, type, scope.layout(inputGradient, 'sourceGradient'));
      program.run('Conv input gradient', inputGradient, {
        weights: program.convert(weights, scope.layout(inputGradient, 'weights'), type),
        destinationGradient: program.convert(dy, scope.layout(inputGradient, 'destinationGradient'), type),
        sourceGradient: dx,
      });
      c.addGradient(input, dx);
    }
  });
  return true;
};
