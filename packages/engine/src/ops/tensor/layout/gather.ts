import { intAttribute } from '../../../graph/attributes.js';
import { graphError } from '../../../graph/errors.js';
import { elementCount } from '../../../graph/tensor.js';
import { expand, reshape, upstream, zerosLike } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { normalizeAxis, requiredInput } from '../../shapes.js';
import { elementAt, elementsOf } from '../../small-tensor.js';

/**
 * Looks entries up along an axis by index (colour tables, embeddings). The gradient adds what arrives for
 * each entry, which ONNX can express since operator set 16.
 */
export const gather: Operator = {
  opType: 'Gather',
  infer(context) {
    const [data, indices] = [requiredInput(context, 0), requiredInput(context, 1)];
    const axis = normalizeAxis(context.node, intAttribute(context.node, 'axis', 0), data.shape.length);
    const shape = [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)];
    return [{ dtype: data.dtype, shape }];
  },
  fold({ node, values: [data, indices], output }) {
    if (data === undefined || indices === undefined) return undefined;
    if (!indices.elements.every((index) => typeof index === 'number')) return undefined;
    const axis = normalizeAxis(node, intAttribute(node, 'axis', 0), data.dims.length);
    const rank = indices.dims.length;
    return elementsOf(output.shape, (index) => {
      const entry = Number(elementAt(indices, index.slice(axis, axis + rank)));
      const place = entry < 0 ? entry + data.dims[axis]! : entry;
      return elementAt(data, [...index.slice(0, axis), place, ...index.slice(axis + rank)]);
    });
  },
  gradient(context) {
    const { builder, node } = context;
    if (context.opset < 16) {
      throw graphError(node, `needs operator set 16 or later to be trained; the model has ${context.opset}`);
    }
    const [data, indices] = [context.input(0), context.input(1)];
    const shape = context.shape(data);
    const axis = normalizeAxis(node, intAttribute(node, 'axis', 0), shape.length);
    const count = elementCount(context.shape(indices));
    const updatesShape = shape.with(axis, count);
    const places = reshape(
      builder,
      indices,
      shape.map((_, at) => (at === axis ? count : 1)),
    );
    const updates = reshape(builder, upstream(context), updatesShape);
    const inputs = [zerosLike(builder, data), expand(builder, places, updatesShape), updates];
    return [builder.node('ScatterElements', inputs, { axis, reduction: 'add' }), undefined];
  },
};
