import { floatAttribute, intAttribute } from '../../../graph/attributes.js';
import type { GraphNode } from '../../../graph/types.js';
import type { Compilation, Kernel } from '../compile/compilation.js';
import { rowMajor } from '../native/scope.js';
import { compileWeighted } from './weighted.js';

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
  if (form === undefined || (c.activations !== 'float32' && c.isOfTensors(form.input))) return false;
  const [examples, features] = c.dims(form.input) as [number, number];
  const units = c.dims(node.outputs[0]!)[1]!;
  const weightDims = [units, features];
  compileWeighted(node, c, {
    ...{ title: node.opType, input: form.input, weights: form.weights, bias: form.bias, weightDims, units },
    inputDims: [examples, features],
    outputDims: [examples, units],
    view: c.scope.strided(weightDims, 'float32', form.transposed ? rowMajor(weightDims) : [1, units]),
    biasIsViewed: true,
    forward: (tensors) => ({ kind: 'inner-product', training: c.training, ...tensors }),
    inputGradient: (tensors) => ({ kind: 'inner-product-input-gradient', ...tensors }),
    weightGradient: (tensors) => ({ kind: 'inner-product-weight-gradient', ...tensors }),
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
