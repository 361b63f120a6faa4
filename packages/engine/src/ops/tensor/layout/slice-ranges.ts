import { intsAttribute } from '../../../graph/attributes.js';
import { graphError, shapeError } from '../../../graph/errors.js';
import type { ShapeContext } from '../../operator.js';
import { normalizeAxis, requiredConstant, requiredInput } from '../../shapes.js';

/** What a Slice takes of one axis: `count` elements from `start`, `step` apart; `step` may be negative. */
export interface SliceRange {
  readonly axis: number;
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** The ranges of a Slice node: attributes before operator set 10, inputs since. */
export function sliceRanges(context: ShapeContext): readonly SliceRange[] {
  const { node } = context;
  const { shape } = requiredInput(context, 0);
  const starts = intsAttribute(node, 'starts') ?? requiredConstant(context, 1, 'starts');
  const ends = intsAttribute(node, 'ends') ?? requiredConstant(context, 2, 'ends');
  const optional = (i: number, meaning: string) =>
    context.inputs[i] === undefined ? undefined : requiredConstant(context, i, meaning);
  const axes = intsAttribute(node, 'axes') ?? optional(3, 'axes') ?? starts.map((_, i) => i);
  const steps = optional(4, 'steps') ?? starts.map(() => 1);
  return starts.map((start, i) => {
    const axis = normalizeAxis(node, axes[i] ?? i, shape.length);
    const size = shape[axis]!;
    const step = steps[i] ?? 1;
    if (typeof size !== 'number') throw shapeError(node, `slices axis ${axis}, whose size "${size}" is not known`);
    if (step === 0) throw graphError(node, 'has a step of 0');
    return rangeOf(axis, size, start, ends[i] ?? size, step);
  });
}

function rangeOf(axis: number, size: number, start: number, end: number, step: number): SliceRange {
  const fromFront = (place: number) => (place < 0 ? place + size : place);
  const clamp = (place: number, low: number, high: number) => Math.min(Math.max(place, low), high);
  const first = step > 0 ? clamp(fromFront(start), 0, size) : clamp(fromFront(start), 0, size - 1);
  const last = step > 0 ? clamp(fromFront(end), 0, size) : clamp(fromFront(end), -1, size - 1);
  return { axis, start: first, step, count: Math.max(0, Math.ceil((last - first) / step)) };
}
