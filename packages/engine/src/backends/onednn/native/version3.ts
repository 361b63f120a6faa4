import { callOf } from './call.js';
import { dataTypes, formatAny, numbersOfVersion3 as numbers, typeOfDestination } from './constants.js';
import type { OwnedDescriptor, VersionedInterface } from './interface.js';
import { nativeDims } from './native-values.js';
import type { Symbols } from './symbols.js';

/** oneDNN 3.x: descriptors are handles, and a primitive descriptor is made in one call. */
export const version3: VersionedInterface = {
  numbers,

  prototypes: [
    'int dnnl_memory_desc_create_with_strides(void *descriptor, int rank, void *dims, int type, void *strides)',
    'int dnnl_memory_desc_create_with_tag(void *descriptor, int rank, void *dims, int type, int tag)',
    'int dnnl_memory_desc_create_submemory(void *descriptor, void *whole, void *dims, void *offsets)',
    'int dnnl_memory_desc_destroy(void *descriptor)',
    'int dnnl_post_ops_append_eltwise(void *post_ops, int algorithm, float alpha, float beta)',
    'int dnnl_post_ops_append_sum(void *post_ops, float scale, int32_t zero_point, int type)',
    'int dnnl_convolution_forward_primitive_desc_create(void *description, void *engine, int propagation, int algorithm, void *source, void *weights, void *bias, void *destination, void *strides, void *dilations, void *begin, void *end, void *attributes)',
    'int dnnl_convolution_backward_data_primitive_desc_create(void *description, void *engine, int algorithm, void *source_gradient, void *weights, void *destination_gradient, void *strides, void *dilations, void *begin, void *end, void *forward, void *attributes)',
    'int dnnl_convolution_backward_weights_primitive_desc_create(void *description, void *engine, int algorithm, void *source, void *weights_gradient, void *bias_gradient, void *destination_gradient, void *strides, void *dilations, void *begin, void *end, void *forward, void *attributes)',
    'int dnnl_inner_product_forward_primitive_desc_create(void *description, void *engine, int propagation, void *source, void *weights, void *bias, void *destination, void *attributes)',
    'int dnnl_inner_product_backward_data_primitive_desc_create(void *description, void *engine, void *source_gradient, void *weights, void *destination_gradient, void *forward, void *attributes)',
    'int dnnl_inner_product_backward_weights_primitive_desc_create(void *description, void *engine, void *source, void *weights_gradient, void *bias_gradient, void *destination_gradient, void *forward, void *attributes)',
    'int dnnl_pooling_forward_primitive_desc_create(void *description, void *engine, int propagation, int algorithm, void *source, void *destination, void *strides, void *kernel, void *dilations, void *begin, void *end, void *attributes)',
    'int dnnl_pooling_backward_primitive_desc_create(void *description, void *engine, int algorithm, void *source_gradient, void *destination_gradient, void *strides, void *kernel, void *dilations, void *begin, void *end, void *forward, void *attributes)',
    'int dnnl_eltwise_forward_primitive_desc_create(void *description, void *engine, int propagation, int algorithm, void *source, void *destination, float alpha, float beta, void *attributes)',
    'int dnnl_eltwise_backward_primitive_desc_create(void *description, void *engine, int algorithm, void *source_gradient, void *destination_gradient, void *data, float alpha, float beta, void *forward, void *attributes)',
    'int dnnl_batch_normalization_forward_primitive_desc_create(void *description, void *engine, int propagation, void *source, void *destination, float epsilon, uint32_t flags, void *attributes)',
    'int dnnl_batch_normalization_backward_primitive_desc_create(void *description, void *engine, int propagation, void *source_gradient, void *destination_gradient, void *source, float epsilon, uint32_t flags, void *forward, void *attributes)',
    'int dnnl_binary_primitive_desc_create(void *description, void *engine, int algorithm, void *first, void *second, void *destination, void *attributes)',
  ],

  describe(symbols, dims, type, strides) {
    return owned(symbols, (handle) =>
      strides === 'any'
        ? symbols.dnnl_memory_desc_create_with_tag!(handle, dims.length, nativeDims(dims), dataTypes[type], formatAny)
        : symbols.dnnl_memory_desc_create_with_strides!(
            handle,
            dims.length,
            nativeDims(dims),
            dataTypes[type],
            nativeDims(strides),
          ),
    );
  },

  describePart(symbols, whole, dims, offsets) {
    return owned(symbols, (handle) =>
      symbols.dnnl_memory_desc_create_submemory!(handle, whole, nativeDims(dims), nativeDims(offsets)),
    );
  },

  appendEltwise: (symbols, list, algorithm, alpha, beta) =>
    Number(symbols.dnnl_post_ops_append_eltwise!(list, algorithm, alpha, beta)),

  appendSum: (symbols, list, scale) => Number(symbols.dnnl_post_ops_append_sum!(list, scale, 0, typeOfDestination)),

  createDescription(symbols, into, operation, engine, attributes) {
    const { stem, parameters } = callOf(operation, numbers);
    const forward = 'forward' in operation ? [operation.forward] : [];
    const create = symbols[`dnnl_${stem}_primitive_desc_create`]!;
    return Number(create(into, engine, ...parameters, ...forward, attributes));
  },
};

function owned(symbols: Symbols, create: (handle: BigUint64Array) => number | bigint): OwnedDescriptor {
  const handle = new BigUint64Array(1);
  const status = Number(create(handle));
  const descriptor = handle[0]!;
  return {
    status,
    descriptor,
    destroy: () => {
      if (status === 0) symbols.dnnl_memory_desc_destroy!(descriptor);
    },
  };
}
