import { intsAttribute, stringAttribute } from '../../../graph/attributes.js';
import type { GraphWriter } from '../../../graph/graph-writer.js';
import type { GraphNode } from '../../../graph/types.js';
import { transposedAxis } from '../../../ops/spatial/conv-transpose.js';
import { windowOf } from '../../../ops/spatial/window.js';

/** Whether a transposed convolution leaves its padding to be worked out from the size of its output. */
export function isSizedConvTranspose(node: GraphNode): boolean {
  if (node.opType !== 'ConvTranspose' || node.domain !== '') return false;
  return intsAttribute(node, 'output_shape') !== undefined || stringAttribute(node, 'auto_pad', 'NOTSET') !== 'NOTSET';
}

/**
 * The same with all padding written down. ONNX's own shape inference gives up on an `output_shape` below the input's,
 * and then refuses what follows.
 */
export function lowerConvTranspose(builder: GraphWriter, node: GraphNode): void {
  const [x, w] = [builder.type(node.inputs[0]!).shape.slice(2), builder.type(node.inputs[1]!).shape.slice(2)];
  const sizes = [...x, ...w];
  if (!sizes.every((size) => typeof size === 'number')) {
    builder.append(node);
    return;
  }
  const window = windowOf(node, x.length, w as number[]);
  const axes = x.map((size, axis) => transposedAxis(node, window, axis, size as number));
  const { output_shape: _, auto_pad: __, ...others } = node.attributes;
  builder.append({
    ...node,
    attributes: {
      ...others,
      pads: [...axes.map(({ padBegin }) => padBegin), ...axes.map(({ padEnd }) => padEnd)],
      output_padding: axes.map(
        ({ input, output, stride, span, padBegin, padEnd }) => input + padBegin + padEnd - (output - 1) * stride - span,
      ),
    },
  });
}
