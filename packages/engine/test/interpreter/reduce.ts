import { intAttribute, intsAttribute } from '../../src/graph/attributes.js';
import { at, generate, given, type Interpreter, listOf } from './f64-tensor.js';

function reduction(f: (values: readonly number[]) => number): Interpreter {
  return (inputs, node) => {
    const x = given(inputs, 0);
    const rank = x.dims.length;
    const axesGiven = intsAttribute(node, 'axes') ?? listOf(inputs, 1) ?? [];
    const none = intAttribute(node, 'noop_with_empty_axes', 0) !== 0;
    const all = none ? [] : x.dims.map((_, axis) => axis);
    const axes = axesGiven.length > 0 ? axesGiven.map((axis) => (axis < 0 ? axis + rank : axis)) : all;
    const groups = x.dims.map((dim, axis) => (axes.includes(axis) ? dim : 1));
    const kept = x.dims.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
    const result = generate(kept, (index) => {
      const values: number[] = [];
      generate(groups, (inner) =>
        values.push(
          at(
            x,
            index.map((i, axis) => i + inner[axis]!),
          ),
        ),
      );
      return f(values);
    });
    const keepDims = intAttribute(node, 'keepdims', 1) !== 0;
    return [keepDims ? result : { ...result, dims: kept.filter((_, axis) => !axes.includes(axis)) }];
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export const reduce: Readonly<Record<string, Interpreter>> = {
  ReduceL1: reduction((values) => sum(values.map(Math.abs))),
  ReduceL2: reduction((values) => Math.hypot(...values)),
  ReduceLogSumExp: reduction((values) => Math.log(sum(values.map(Math.exp)))),
  ReduceMax: reduction((values) => Math.max(...values)),
  ReduceMean: reduction((values) => sum(values) / values.length),
  ReduceMin: reduction((values) => Math.min(...values)),
  ReduceSum: reduction(sum),
  ReduceSumSquare: reduction((values) => sum(values.map((value) => value ** 2))),
};
