import { intsAttribute } from '../../../graph/attributes.js';
import { graphError, shapeError } from '../../../graph/errors.js';
import type { Dim, GraphNode } from '../../../graph/types.js';
import type { ShapeContext } from '../../operator.js';
import { normalizeAxis, requiredConstant, requiredInput, requiredSizes } from '../../shapes.js';

/** What a Slice takes of one axis: `count` elements from `start`, `step` apart; `step` may be negative. */
export interface SliceRange {
  readonly axis: number;
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** The ranges of a Slice node on axes of known size. */
export function sliceRanges(context: ShapeContext): readonly SliceRange[] {
  const { shape } = requiredInput(context, 0);
  return sliceLimits(context).map((limits) => {
    const { axis, start, end, step } = limits;
    slicedSize(context.node, limits, shape[axis]!);
    return rangeOf(axis, Number(shape[axis]), Number(start), Number(end), step);
  });
}

/** What a node takes of an axis, as it says so: places before 0 count from the end, sizes may be names. */
export interface SliceLimits {
  readonly axis: number;
  readonly start: Dim;
  readonly end: Dim;
  readonly step: number;
}

/** Attributes before operator set 10, inputs since. */
export function sliceLimits(context: ShapeContext): readonly SliceLimits[] {
  const { node } = context;
  const { shape } = requiredInput(context, 0);
  const starts = intsAttribute(node, 'starts') ?? requiredSizes(context, 1, 'starts');
  const ends = intsAttribute(node, 'ends') ?? requiredSizes(context, 2, 'ends');
  const optional = (i: number, meaning: string) =>
    context.inputs[i] === undefined ? undefined : requiredConstant(context, i, meaning);
  const axes = intsAttribute(node, 'axes') ?? optional(3, 'axes') ?? starts.map((_, i) => i);
  const steps = optional(4, 'steps') ?? starts.map(() => 1);
  return starts.map((start, i) => {
    const axis = normalizeAxis(node, axes[i] ?? i, shape.length);
    const step = steps[i] ?? 1;
    if (step === 0) throw graphError(node, 'has a step of 0');
    return { axis, start, end: ends[i] ?? shape[axis]!, step };
  });
}

/** Exporters write an end beyond every size for "to the end". */
const beyondEverySize = 2 ** 31 - 1;

/** How many cells of an axis are taken: of one whose size is a name, all or an error. */
export function slicedSize(node: GraphNode, { axis, start, end, step }: SliceLimits, size: Dim): Dim {
  if (start === 0 && step === 1 && (end === size || Number(end) >= beyondEverySize)) return size;
  if (typeof size === 'number' && typeof start === 'number' && typeof end === 'number') {
    return rangeOf(axis, size, start, end, step).count;
  }
  throw shapeError(node, `slices axis ${axis}, whose size "${size}" is not known, from ${start} to ${end}`);
}

export function rangeOf(axis: number, size: number, start: number, end: number, step: number): SliceRange {
  const fromFront = (place: number) => (place < 0 ? place + size : place);
  const clamp = (place: number, low: number, high: number) => Math.min(Math.max(place, low), high);
  const first = step > 0 ? clamp(fromFront(start), 0, size) : clamp(fromFront(start), 0, size - 1);
  const last = step > 0 ? clamp(fromFront(end), 0, size) : clamp(fromFront(end), -1, size - 1);
  return { axis, start: first, step, count: Math.max(0, Math.ceil((last - first) / step)) };
}
