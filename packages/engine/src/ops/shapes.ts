import { graphError, shapeError } from '../graph/errors.js';
import { tensorValues } from '../graph/tensor.js';
import type { Dim, GraphNode, Shape, ValueType } from '../graph/types.js';
import type { GradientContext, ShapeContext } from './operator.js';

/** Type of an input the operator cannot do without. */
export function requiredInput(context: ShapeContext, i: number): ValueType {
  const type = context.inputs[i];
  if (type === undefined) throw graphError(context.node, `lacks its input ${i}`);
  return type;
}

/** The values of an input that must be a constant for the shape to be known. */
export function requiredConstant(context: ShapeContext, i: number, meaning: string): number[] {
  const tensor = context.constant(i);
  if (tensor === undefined) {
    throw graphError(
      context.node,
      `takes its ${meaning} (input ${i}) from a computed value that is not known beforehand; bind the open sizes of the inputs first`,
    );
  }
  return tensorValues(tensor);
}

/** The sizes that an input holds: numbers, and names of those that are bound later. */
export function requiredSizes(context: ShapeContext, i: number, meaning: string): readonly Dim[] {
  return context.sizes(i) ?? requiredConstant(context, i, meaning);
}

/** What a gradient rule knows, as its operator's shape rule asks for it. */
export function shapeContextOf(context: GradientContext): ShapeContext {
  const { node, opset } = context;
  return {
    node,
    opset,
    inputs: node.inputs.map((input) => (input === '' ? undefined : context.type(input))),
    constant: (i) => context.constant(i),
    sizes: () => undefined,
  };
}

/** An axis counted from the front. `rank` is the rank it counts within. */
export function normalizeAxis(node: Pick<GraphNode, 'opType' | 'name'>, axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (normal < 0 || normal >= Math.max(rank, 1))
    throw shapeError(node, `axis ${axis} is outside a tensor of rank ${rank}`);
  return normal;
}

/** The shape after broadcasting, by ONNX's (that is NumPy's) rules. */
export function broadcastShape(node: Pick<GraphNode, 'opType' | 'name'>, shapes: readonly Shape[]): Shape {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let result: Dim = 1;
    for (const shape of shapes) {
      const at = axis - (rank - shape.length);
      if (at >= 0) result = broadcastDim(node, result, shape[at]!, shapes);
    }
    return result;
  });
}

function broadcastDim(node: Pick<GraphNode, 'opType' | 'name'>, a: Dim, b: Dim, shapes: readonly Shape[]): Dim {
  if (a === b || b === 1) return a;
  if (a === 1) return b;
  if (typeof a === 'number' && typeof b === 'number') {
    throw shapeError(node, `shapes ${shapes.map(formatShape).join(' and ')} cannot be broadcast together`);
  }
  // A named size beside a known one must be that size (or 1, which gives the same result).
  return typeof a === 'number' ? a : b;
}

/** `[batch, 3, 224, 224]` */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** Shape rule of operators that keep shape and type of their first input. */
export function sameAsInput(context: ShapeContext): readonly ValueType[] {
  return [requiredInput(context, 0)];
}

/** Inputs of one element type, as ONNX demands of arithmetic. */
export function commonType(context: ShapeContext, indices: readonly number[]): ValueType['dtype'] {
  const [first, ...others] = indices.map((i) => requiredInput(context, i).dtype);
  const odd = others.find((dtype) => dtype !== first);
  if (odd !== undefined) throw shapeError(context.node, `mixes inputs of type ${first} and ${odd}`);
  return first!;
}

/** Shape rule of operators that broadcast all their inputs. */
export function broadcastInputs(context: ShapeContext): readonly ValueType[] {
  const indices = context.node.inputs.map((_, i) => i);
  const dtype = commonType(context, indices);
  return [
    {
      dtype,
      shape: broadcastShape(
        context.node,
        indices.map((i) => requiredInput(context, i).shape),
      ),
    },
  ];
}

/** Shape rule of comparisons. */
export function compareInputs(context: ShapeContext): readonly ValueType[] {
  return [{ dtype: 'bool', shape: broadcastInputs(context)[0]!.shape }];
}
