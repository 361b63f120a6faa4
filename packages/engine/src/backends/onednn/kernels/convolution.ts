import { intAttribute } from '../../../graph/attributes.js';
import { axisWindows, windowOf } from '../../../ops/spatial/window.js';
import type { Kernel } from '../compile/compilation.js';
import { movementOf } from './movement.js';
import { compileWeighted } from './weighted.js';

/** Spatial axes that oneDNN convolves. */
const mostAxes = 3;

/** Convolution with any stride, padding, dilation and number of groups, together with the activation behind it. */
export const convolution: Kernel = (node, c) => {
  const [input, weights, bias = ''] = node.inputs as [string, string, string?];
  if (![input, weights, ...(bias === '' ? [] : [bias])].every((name) => c.has(name))) return false;
  const [inputDims, outputDims, stored] = [c.dims(input), c.dims(node.outputs[0]!), c.dims(weights)];
  if (inputDims.length - 2 > mostAxes) return false;
  const group = intAttribute(node, 'group', 1);
  const weightDims = group === 1 ? stored : [group, stored[0]! / group, ...stored.slice(1)];
  const movement = movementOf(axisWindows(windowOf(node, inputDims.length - 2, stored.slice(2)), inputDims));
  compileWeighted(node, c, {
    ...{ title: 'Conv', input, weights, bias, inputDims, outputDims, weightDims },
    view: c.scope.plain(weightDims),
    units: outputDims[1]!,
    biasIsViewed: false,
    forward: (tensors) => ({ kind: 'convolution', training: c.layoutsOfTraining, ...movement, ...tensors }),
    inputGradient: (tensors) => ({ kind: 'convolution-input-gradient', ...movement, ...tensors }),
    weightGradient: (tensors) => ({ kind: 'convolution-weight-gradient', ...movement, ...tensors }),
  });
  return true;
};
