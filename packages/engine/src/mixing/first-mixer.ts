import { GraphBuilder } from '../builder/builder.js';
import { intAttribute, intsAttribute } from '../graph/attributes.js';
import { isFloat } from '../graph/dtype.js';
import { tensorValues } from '../graph/tensor.js';
import type { Graph, GraphNode } from '../graph/types.js';

/** Name of the number of pictures while shapes are looked at. */
const pictures = 'number of pictures';

/**
 * The first node for which shapes and axes do not show that it treats every picture by itself; undefined when they
 * show it for all. A node that is named may still keep pictures apart, in a way that only values show (windows of a
 * Swin transformer are moved to the first axis and back).
 *
 * What is shown: every value that depends on the pictures has them along its first axis, row by row.
 */
export function firstMixer(graph: Graph, opset: number): GraphNode | undefined {
  const rows = new Set<string>();
  const counts = new Set<string>();
  const builder = new GraphBuilder(graph.name, opset);
  for (const { name, dtype, shape } of graph.inputs) {
    if (graph.initializers.has(name)) continue;
    builder.input(name, dtype, [pictures, ...shape.slice(1)]);
    rows.add(name);
  }
  for (const [name, tensor] of graph.initializers) builder.constant(name, tensor);
  for (const node of graph.nodes) {
    try {
      builder.append(node);
    } catch {
      return node;
    }
    const outputs = node.outputs.filter((name) => name !== '');
    const taken = node.inputs.filter((name) => rows.has(name));
    if (['Shape', 'Size'].includes(node.opType) && taken.length > 0) {
      for (const name of outputs) counts.add(name);
      continue;
    }
    const fromCounts = node.inputs.some((name, i) => counts.has(name) && !(i > 0 && takesSizes.has(node.opType)));
    if (fromCounts) {
      if (outputs.some((name) => isFloat(builder.type(name).dtype))) return node;
      for (const name of outputs) counts.add(name);
    }
    if (taken.length === 0) continue;
    const isRows = outputs.every((name) => builder.type(name).shape[0] === pictures);
    if (!isRows || !keepsApart(node, rows, builder)) return node;
    for (const name of outputs) rows.add(name);
  }
  return undefined;
}

/** Operators whose further inputs are sizes or places. */
const takesSizes = new Set(['Expand', 'Pad', 'Reshape', 'Resize', 'Slice', 'Split', 'Squeeze', 'Tile', 'Unsqueeze']);

/** The same for every place: broadcast inputs keep their rows when they have all axes of the result. */
const elementwise = new Set(
  `Abs Add And Cast Ceil Clip Div Dropout Elu Equal Erf Exp Floor Gelu Greater GreaterOrEqual HardSigmoid HardSwish
  Identity LeakyRelu Less LessOrEqual Log Max Min Mod Mul Neg Not Or Pow PRelu Reciprocal Relu Round Sigmoid Sign
  Softplus Sqrt Sub Sum Tanh Where Xor`.split(/\s+/),
);

/** Only their first input may be pictures, and they look along its other axes. */
const pictureByPicture = new Set(
  `AveragePool BatchNormalization Conv ConvTranspose DepthToSpace Expand Flatten GlobalAveragePool GlobalMaxPool
  GroupNormalization InstanceNormalization LRN MaxPool Pad Reshape Resize Slice SpaceToDepth Squeeze
  Unsqueeze`.split(/\s+/),
);

function keepsApart(node: GraphNode, rows: ReadonlySet<string>, builder: GraphBuilder): boolean {
  if (node.domain !== '') return false;
  const { opType, inputs, outputs } = node;
  const rank = (name: string) => builder.type(name).shape.length;
  const taken = inputs.filter((name) => rows.has(name));
  const onlyFirst = inputs.every((name, i) => i === 0 || !rows.has(name));
  const awayFromFirst = (axis: number) => (axis < 0 ? axis + rank(taken[0]!) : axis) > 0;
  if (elementwise.has(opType)) return taken.every((name) => rank(name) === rank(outputs[0]!));
  if (pictureByPicture.has(opType)) return onlyFirst;
  switch (opType) {
    case 'Gather':
      return onlyFirst
        ? awayFromFirst(intAttribute(node, 'axis', 0))
        : taken.length === 1 && taken[0] === inputs[1] && intAttribute(node, 'axis', 0) === 0;
    case 'Gemm':
      return onlyFirst && intAttribute(node, 'transA', 0) === 0;
    case 'MatMul':
      return onlyFirst
        ? rank(inputs[0]!) > 1 && rank(inputs[1]!) <= rank(inputs[0]!)
        : rank(outputs[0]!) > 2 && taken.every((name) => rank(name) === rank(outputs[0]!));
    case 'Concat':
    case 'LayerNormalization':
    case 'LogSoftmax':
    case 'Softmax':
    case 'Split':
      return taken.length > 0 && awayFromFirst(intAttribute(node, 'axis', opType === 'Split' ? 0 : -1));
    case 'Transpose':
      return intsAttribute(node, 'perm')?.[0] === 0;
    default:
      return opType.startsWith('Reduce') && onlyFirst && reducedAxes(node, builder).every(awayFromFirst);
  }
}

/** All axes, the first among them, when none are given. */
function reducedAxes(node: GraphNode, builder: GraphBuilder): readonly number[] {
  const given = (node.inputs[1] ?? '') === '' ? undefined : builder.constantValue(node.inputs[1]!);
  return intsAttribute(node, 'axes') ?? (given === undefined ? [0] : tensorValues(given));
}
