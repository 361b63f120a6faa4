import type { AxisWindow } from '../../../ops/spatial/window.js';
import type { Movement } from '../native/operation.js';

/** How oneDNN is given where windows are. */
export function movementOf(axes: readonly AxisWindow[]): Movement {
  return {
    strides: axes.map(({ stride }) => stride),
    dilations: axes.map(({ dilation }) => dilation),
    padBegin: axes.map(({ padBegin }) => padBegin),
    padEnd: axes.map(endOf),
  };
}

/** The declared padding where it gives the size of the output, else as far as the last window reaches. */
function endOf({ input, output, stride, span, padBegin, padEnd, reachEnd }: AxisWindow): number {
  return Math.floor((input + padBegin + padEnd - span) / stride) + 1 === output ? padEnd : reachEnd;
}
