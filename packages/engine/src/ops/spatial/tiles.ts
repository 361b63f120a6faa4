import type { GraphWriter } from '../../graph/graph-writer.js';
import type { AxisWindow } from './window.js';

/**
 * Pools whose windows lie side by side without gaps or padding: by far the most common, and the one case in
 * which going back is a plain enlargement.
 */
export function tilesInput(axes: readonly AxisWindow[]): boolean {
  return axes.every(
    (axis) => axis.kernel === axis.stride && axis.dilation === 1 && axis.padBegin === 0 && axis.reachEnd <= 0,
  );
}

/** Repeats every cell over the window it comes from. */
export function toBlocks(builder: GraphWriter, value: string, axes: readonly AxisWindow[]): string {
  const scales = builder.floats([1, 1, ...axes.map((axis) => axis.stride)]);
  return builder.node('Resize', [value, '', scales], {
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
}

/** Cuts off the remainder that no window covers, or pads it with 0 again. */
export function fitInput(
  builder: GraphWriter,
  value: string,
  axes: readonly AxisWindow[],
  how: 'crop' | 'pad',
): string {
  if (axes.every((axis) => axis.reachEnd === 0)) return value;
  const zeros = axes.map(() => 0);
  if (how === 'pad') {
    const pads = builder.ints([0, 0, ...zeros, 0, 0, ...axes.map((axis) => -axis.reachEnd)]);
    return builder.node('Pad', [value, pads]);
  }
  return builder.node('Slice', [
    value,
    builder.ints(zeros),
    builder.ints(axes.map((axis) => axis.output * axis.stride)),
    builder.ints(axes.map((_, axis) => axis + 2)),
  ]);
}
