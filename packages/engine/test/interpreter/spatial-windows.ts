import { intAttribute, intsAttribute, stringAttribute } from '../../src/graph/attributes.js';
import type { GraphNode } from '../../src/graph/types.js';

/** What a window means on one spatial axis, worked out from ONNX's text without the engine's own rules. */
export interface Axis {
  readonly size: number;
  readonly out: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly begin: number;
  readonly end: number;
}

export function axesOf(node: GraphNode, sizes: readonly number[], kernelOfWeights?: readonly number[]): Axis[] {
  const rank = sizes.length;
  const kernels = intsAttribute(node, 'kernel_shape') ?? kernelOfWeights ?? [];
  const autoPad = stringAttribute(node, 'auto_pad', 'NOTSET');
  const ceil = intAttribute(node, 'ceil_mode', 0) === 1;
  return sizes.map((size, i) => {
    const kernel = kernels[i]!;
    const stride = intsAttribute(node, 'strides')?.[i] ?? 1;
    const dilation = intsAttribute(node, 'dilations')?.[i] ?? 1;
    const reach = (kernel - 1) * dilation + 1;
    let begin = intsAttribute(node, 'pads')?.[i] ?? 0;
    let end = intsAttribute(node, 'pads')?.[i + rank] ?? 0;
    if (autoPad === 'VALID') [begin, end] = [0, 0];
    if (autoPad.startsWith('SAME')) {
      const needed = Math.max((Math.ceil(size / stride) - 1) * stride + reach - size, 0);
      const [less, more] = [Math.floor(needed / 2), Math.ceil(needed / 2)];
      [begin, end] = autoPad === 'SAME_UPPER' ? [less, more] : [more, less];
    }
    let out = 0;
    // Count the windows that fit, and with ceil_mode those that hang over but start inside input or left padding.
    for (let start = 0; ; start += stride, out++) {
      const fits = start + reach <= size + begin + end;
      const hangs = ceil && out > 0 && start - stride + reach < size + begin + end && start < size + begin;
      if (!fits && !hangs) break;
    }
    return { size, out, kernel, stride, dilation, begin, end };
  });
}

/** Calls back for every cell of the window at output index `at`, with the place it reads. */
export function eachCell(
  axes: readonly Axis[],
  at: readonly number[],
  visit: (place: readonly number[], cell: readonly number[], inside: boolean) => void,
): void {
  const walk = (place: readonly number[], cell: readonly number[]): void => {
    const axis = axes[place.length];
    if (axis === undefined) {
      visit(
        place,
        cell,
        place.every((position, i) => position >= 0 && position < axes[i]!.size),
      );
      return;
    }
    for (let k = 0; k < axis.kernel; k++) {
      walk([...place, at[place.length]! * axis.stride + k * axis.dilation - axis.begin], [...cell, k]);
    }
  };
  walk([], []);
}
