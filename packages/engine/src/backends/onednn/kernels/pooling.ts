import { intAttribute, intsAttribute } from '../../../graph/attributes.js';
import type { GraphNode } from '../../../graph/types.js';
import { axisWindows, windowOf } from '../../../ops/spatial/window.js';
import type { Compilation, Kernel } from '../compile/compilation.js';
import type { poolings } from '../native/constants.js';
import type { Movement } from '../native/operation.js';
import { movementOf } from './movement.js';

interface Pooling {
  readonly algorithm: keyof typeof poolings;
  readonly kernel: readonly number[];
  readonly movement: Movement;
  /** Sizes of the output with all spatial axes. */
  readonly outputDims: readonly number[];
}

/**
 * MaxPool, AveragePool, GlobalAveragePool, and ReduceMean over the spatial axes. A maximum that several cells
 * of a window share gives its gradient to the first of them, as in PyTorch and Keras.
 */
export const pooling: Kernel = (node, c) => {
  const [input, output] = [node.inputs[0]!, node.outputs[0]!];
  const form = c.has(input) ? formOf(node, c) : undefined;
  if (form === undefined) return false;
  const { scope, program } = c;
  const { algorithm, kernel, movement, outputDims } = form;
  const x = c.value(input);
  const shared = { algorithm, kernel, source: x.descriptor, ...movement };
  const forward = scope.describe({
    ...shared,
    kind: 'pooling',
    training: c.training,
    destination: scope.any(outputDims, x.type),
  });
  const destination = scope.layout(forward, 'destination');
  const backward = c.wants(input)
    ? scope.describe({ ...shared, kind: 'pooling-gradient', destination, forward })
    : undefined;

  const pooled = program.value(outputDims, x.type, destination);
  const places = c.training && algorithm === 'max' ? program.bytes(scope.layout(forward, 'workspace')) : undefined;
  const workspace = places === undefined ? {} : { workspace: places };
  program.run(node.opType, forward, { source: x, destination: pooled, ...workspace });
  const dims = c.dims(output);
  const sameRank = dims.length === outputDims.length;
  c.define(output, sameRank ? pooled : withDims(c, pooled, dims));

  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined || backward === undefined) return;
    const whole = sameRank ? dy : withDims(c, dy, outputDims);
    const dx = program.value(x.dims, x.type, x.descriptor);
    program.run(`${node.opType} gradient`, backward, {
      destinationGradient: program.convert(whole, destination, x.type),
      sourceGradient: dx,
      ...workspace,
    });
    c.addGradient(input, dx);
  });
  return true;
};

/** The same elements in row-major order under other sizes. */
function withDims(c: Compilation, value: ReturnType<Compilation['value']>, dims: readonly number[]) {
  const plain = c.program.plain(value, value.type);
  return { ...plain, dims, descriptor: c.scope.plain(dims, value.type) };
}

function formOf(node: GraphNode, c: Compilation): Pooling | undefined {
  const inputDims = c.dims(node.inputs[0]!);
  const spatial = inputDims.slice(2);
  if (spatial.length < 1 || spatial.length > 3) return undefined;
  if (node.opType === 'GlobalAveragePool' || isSpatialMean(node, c, inputDims.length)) {
    const ones = spatial.map(() => 1);
    const zeros = spatial.map(() => 0);
    const movement = { strides: ones, dilations: ones, padBegin: zeros, padEnd: zeros };
    return { algorithm: 'average', kernel: spatial, movement, outputDims: [...inputDims.slice(0, 2), ...ones] };
  }
  if (node.opType === 'ReduceMean' || node.outputs.length > 1) return undefined;
  const window = windowOf(node, spatial.length);
  const withPadding = node.opType === 'AveragePool' && intAttribute(node, 'count_include_pad', 0) === 1;
  // Whether cells beyond the declared padding count is a question that ONNX and oneDNN answer differently.
  if (withPadding && window.ceilMode) return undefined;
  return {
    algorithm: node.opType === 'MaxPool' ? 'max' : withPadding ? 'average-with-padding' : 'average',
    kernel: window.kernel,
    movement: movementOf(axisWindows(window, inputDims)),
    outputDims: c.dims(node.outputs[0]!),
  };
}

function isSpatialMean(node: GraphNode, c: Compilation, rank: number): boolean {
  if (node.opType !== 'ReduceMean') return false;
  const axes = intsAttribute(node, 'axes') ?? c.numbers(node.inputs[1]);
  const normal = axes?.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
  return normal !== undefined && normal.length === rank - 2 && normal.every((axis, i) => axis === i + 2);
}
