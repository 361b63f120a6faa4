import { callOf } from './call.js';
import { dataTypes, formatAny, numbersOfVersion2 as numbers } from './constants.js';
import type { OwnedDescriptor, VersionedInterface } from './interface.js';
import { addressOf, nativeDims } from './native-values.js';

/**
 * Bytes set aside for oneDNN 2.x's structures, which are passed by address and never looked into here:
 * several times the size of the largest in 2.6 (a memory descriptor has 696 bytes there, a convolution 5976).
 */
const descriptorBytes = 4096;
const operationBytes = 32768;

/** Reused: `dnnl_primitive_desc_create` copies what it is given. */
const operationMemory = new Uint8Array(operationBytes);

/** Functions that have another name here than in 3.x. */
const stems: Readonly<Record<string, string>> = {
  convolution_forward: 'dilated_convolution_forward',
  convolution_backward_data: 'dilated_convolution_backward_data',
  convolution_backward_weights: 'dilated_convolution_backward_weights',
  pooling_forward: 'pooling_v2_forward',
  pooling_backward: 'pooling_v2_backward',
};

/** oneDNN 2.x: an operation descriptor is filled in, then made into a primitive descriptor. */
export const version2: VersionedInterface = {
  numbers,

  prototypes: [
    'int dnnl_memory_desc_init_by_strides(void *descriptor, int rank, void *dims, int type, void *strides)',
    'int dnnl_memory_desc_init_by_tag(void *descriptor, int rank, void *dims, int type, int tag)',
    'int dnnl_memory_desc_init_submemory(void *descriptor, void *whole, void *dims, void *offsets)',
    'int dnnl_post_ops_append_eltwise(void *post_ops, float scale, int algorithm, float alpha, float beta)',
    'int dnnl_post_ops_append_sum(void *post_ops, float scale)',
    'int dnnl_primitive_desc_create(void *description, void *operation, void *attributes, void *engine, void *forward)',
    'int dnnl_dilated_convolution_forward_desc_init(void *operation, int propagation, int algorithm, void *source, void *weights, void *bias, void *destination, void *strides, void *dilations, void *begin, void *end)',
    'int dnnl_dilated_convolution_backward_data_desc_init(void *operation, int algorithm, void *source_gradient, void *weights, void *destination_gradient, void *strides, void *dilations, void *begin, void *end)',
    'int dnnl_dilated_convolution_backward_weights_desc_init(void *operation, int algorithm, void *source, void *weights_gradient, void *bias_gradient, void *destination_gradient, void *strides, void *dilations, void *begin, void *end)',
    'int dnnl_inner_product_forward_desc_init(void *operation, int propagation, void *source, void *weights, void *bias, void *destination)',
    'int dnnl_inner_product_backward_data_desc_init(void *operation, void *source_gradient, void *weights, void *destination_gradient)',
    'int dnnl_inner_product_backward_weights_desc_init(void *operation, void *source, void *weights_gradient, void *bias_gradient, void *destination_gradient)',
    'int dnnl_pooling_v2_forward_desc_init(void *operation, int propagation, int algorithm, void *source, void *destination, void *strides, void *kernel, void *dilations, void *begin, void *end)',
    'int dnnl_pooling_v2_backward_desc_init(void *operation, int algorithm, void *source_gradient, void *destination_gradient, void *strides, void *kernel, void *dilations, void *begin, void *end)',
    'int dnnl_eltwise_forward_desc_init(void *operation, int propagation, int algorithm, void *data, float alpha, float beta)',
    'int dnnl_eltwise_backward_desc_init(void *operation, int algorithm, void *data_gradient, void *data, float alpha, float beta)',
    'int dnnl_batch_normalization_forward_desc_init(void *operation, int propagation, void *data, float epsilon, uint32_t flags)',
    'int dnnl_batch_normalization_backward_desc_init(void *operation, int propagation, void *data_gradient, void *data, float epsilon, uint32_t flags)',
    'int dnnl_binary_desc_init(void *operation, int algorithm, void *first, void *second, void *destination)',
  ],

  describe(symbols, dims, type, strides) {
    return owned((memory) =>
      strides === 'any'
        ? symbols.dnnl_memory_desc_init_by_tag!(memory, dims.length, nativeDims(dims), dataTypes[type], formatAny)
        : symbols.dnnl_memory_desc_init_by_strides!(
            memory,
            dims.length,
            nativeDims(dims),
            dataTypes[type],
            nativeDims(strides),
          ),
    );
  },

  describePart(symbols, whole, dims, offsets) {
    return owned((memory) =>
      symbols.dnnl_memory_desc_init_submemory!(memory, whole, nativeDims(dims), nativeDims(offsets)),
    );
  },

  appendEltwise: (symbols, list, algorithm, alpha, beta) =>
    Number(symbols.dnnl_post_ops_append_eltwise!(list, 1, algorithm, alpha, beta)),

  appendSum: (symbols, list, scale) => Number(symbols.dnnl_post_ops_append_sum!(list, scale)),

  createDescription(symbols, into, operation, engine, attributes) {
    const { stem, parameters } = callOf(operation, numbers);
    const status = symbols[`dnnl_${stems[stem] ?? stem}_desc_init`]!(operationMemory, ...parameters);
    if (status !== 0) return Number(status);
    const forward = 'forward' in operation ? operation.forward : null;
    return Number(symbols.dnnl_primitive_desc_create!(into, operationMemory, attributes, engine, forward));
  },
};

function owned(initialize: (memory: Uint8Array) => number | bigint): OwnedDescriptor {
  const memory = new Uint8Array(descriptorBytes);
  return { status: Number(initialize(memory)), descriptor: addressOf(memory), memory, destroy: () => {} };
}
