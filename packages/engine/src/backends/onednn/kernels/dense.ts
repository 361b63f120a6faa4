import type { GraphNode } from '../../../graph/types.js';
import { floatAttribute, intAttribute } from '../../../ops/attributes.js';
import type { Compilation, Kernel } from '../compile/compilation.js';
import { rowMajor } from '../native/scope.js';
import { followingActivation } from './activation.js';

/** `x W + b` with W as stored, [F, K] or transposed [K, F]. */
interface Dense {
  readonly input: string;
  readonly weights: string;
  /** `''` without one. */
  readonly bias: string;
  readonly transposed: boolean;
}

/** Gemm and MatMul of a matrix with weights, together with the activation behind it. */
export const dense: Kernel = (node, c) => {
  const form = formOf(node, c);
  if (form === undefined) return false;
  const { scope, program } = c;
  const { input, weights: weightName, bias: biasName, transposed } = form;
  const output = node.outputs[0]!;
  const [examples, features] = c.dims(input) as [number, number];
  const units = c.dims(output)[1]!;
  const inputDims = [examples, features];
  const outputDims = [examples, units];
  const seen = [units, features];
  const view = scope.strided(seen, 'float32', transposed ? rowMajor(seen) : [1, units]);
  const type = c.activations;
  const outputType = c.typeOf(output);
  const bias = biasName === '' ? undefined : scope.plain([units]);
  const following = followingActivation(node, c);

  const source = scope.any(inputDims, type);
  const weightsAny = scope.any(seen, type);
  const forward = scope.describe(
    {
      kind: 'inner-product',
      training: c.training,
      source,
      weights: weightsAny,
      bias,
      destination: scope.any(outputDims, outputType),
    },
    following === undefined ? [] : [following.operation],
  );
  const destination = scope.any(outputDims, type);
  const inputGradient = c.wants(input)
    ? scope.describe({ kind: 'inner-product-input-gradient', source, weights: weightsAny, destination, forward })
    : undefined;
  const wantsBias = biasName !== '' && c.wants(biasName);
  const weightGradient =
    c.wants(weightName) || wantsBias
      ? scope.describe({
          kind: 'inner-product-weight-gradient',
          source,
          weights: scope.any(seen, 'float32'),
          bias: wantsBias ? bias : undefined,
          destination,
          forward,
        })
      : undefined;

  if (following !== undefined) c.absorb(following.node, 'forward');
  const x = c.value(input);
  const weights = { ...c.value(weightName), dims: seen, descriptor: view };
  const y = program.value(outputDims, outputType, scope.layout(forward, 'destination'));
  program.run(node.opType, forward, {
    source: program.convert(x, scope.layout(forward, 'source'), type),
    weights: program.convert(weights, scope.layout(forward, 'weights'), type),
    ...(biasName === '' ? {} : { bias: { ...c.value(biasName), dims: [units], descriptor: bias! } }),
    destination: y,
  });
  c.define(output, y);

  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined) return;
    if (weightGradient !== undefined) {
      const dw = program.value(seen, 'float32', scope.layout(weightGradient, 'weightsGradient'));
      const db = wantsBias ? program.value([units], 'float32', bias!) : undefined;
      program.run(`${node.opType} weight gradient`, weightGradient, {
        source: program.convert(x, scope.layout(weightGradient, 'source'), type),
        destinationGradient: program.convert(dy, scope.layout(weightGradient, 'destinationGradient'), type),
        weightsGradient: dw,
        ...(db === undefined ? {} : { biasGradient: db }),
      });
      if (c.wants(weightName)) c.addGradient(weightName, dw, view);
      if (db !== undefined) c.addGradient(biasName, db, bias);
    }
    if (inputGradient !== undefined) {
      const dx = program.value(inputDims, type, scope.layout(inputGradient, 'sourceGradient'));
      program.run(`${node.opType} input gradient`, inputGradient, {
        weights: program.convert(weights, scope.layout(inputGradient, 'weights'), type),
        destinationGradient: program.convert(dy, scope.layout(inputGradient, 'destinationGradient'), type),
        sourceGradient: dx,
      });
      c.addGradient(input, dx);
    }
  });
  return true;
};

function formOf(node: GraphNode, c: Compilation): Dense | undefined {
  const [input, weights, bias = ''] = node.inputs as [string, string, string?];
  const matrices = [input, weights].every((name) => c.has(name) && c.dims(name).length === 2);
  if (!matrices || (bias !== '' && !c.has(bias))) return undefined;
  if (node.opType === 'MatMul') return { input, weights, bias: '', transposed: false };
  const plain =
    intAttribute(node, 'transA', 0) === 0 &&
    floatAttribute(node, 'alpha', 1) === 1 &&
    (bias === '' || floatAttribute(node, 'beta', 1) === 1);
  const units = c.dims(node.outputs[0]!)[1]!;
  const vector = bias === '' || (c.dims(bias).at(-1) === units && c.dims(bias).reduce((a, b) => a * b, 1) === units);
  return plain && vector ? { input, weights, bias, transposed: intAttribute(node, 'transB', 0) === 1 } : undefined;
}
