import { isFloat } from '../../../graph/dtype.js';
import { graphError } from '../../../graph/errors.js';
import { tensorValues } from '../../../graph/tensor.js';
import type { Dim } from '../../../graph/types.js';
import type { Operator, ShapeContext } from '../../operator.js';
import { commonType } from '../../shapes.js';

/** Numbers from a start up to a limit, which is left out, by a step. */
export const range: Operator = {
  opType: 'Range',
  infer(context) {
    return [{ dtype: commonType(context, [0, 1, 2]), shape: [lengthOf(context)] }];
  },
  fold({ values, output }) {
    const [start, , step] = values.map((value) => value?.elements[0]);
    const [length] = output.shape;
    if (length === undefined || typeof start !== 'number' || typeof step !== 'number') return undefined;
    return Array.from({ length }, (_, i) => start + i * step);
  },
};

function lengthOf(context: ShapeContext): Dim {
  const { node } = context;
  const [start, limit, step] = [0, 1, 2].map((i) => numberOf(context, i));
  if (start === undefined || limit === undefined || step === undefined) {
    throw graphError(node, 'takes its start, limit or step from computed values that are not known beforehand');
  }
  if (step === 0) throw graphError(node, 'has a step of 0');
  if (start === 0 && step === 1) return typeof limit === 'number' ? Math.max(0, Math.ceil(limit)) : limit;
  if ([start, limit, step].every((value) => typeof value === 'number')) {
    return Math.max(0, Math.ceil((Number(limit) - Number(start)) / Number(step)));
  }
  return `${node.outputs[0]}_axis0`;
}

function numberOf(context: ShapeContext, i: number): Dim | undefined {
  const constant = context.constant(i);
  if (constant !== undefined) return tensorValues(constant)[0];
  const type = context.inputs[i];
  return type === undefined || isFloat(type.dtype) ? undefined : context.sizes(i)?.[0];
}
