import { binaries, convolutionDirect, poolings, propagation, type VersionNumbers } from './constants.js';
import { nativeDilations, nativeDims } from './native-values.js';
import type { Movement, Operation } from './operation.js';
import type { Pointer } from './symbols.js';

/** A call that makes an operation: the function's stem, and the parameters both versions share. */
export interface Call {
  readonly stem: string;
  readonly parameters: readonly (number | Pointer)[];
}

/**
 * How to ask for an operation. Both versions take kinds, descriptors and numbers in the same order; 3.x names
 * input and output (`twice`) where 2.x has one descriptor for the two.
 */
export function callOf(operation: Exclude<Operation, { kind: 'reorder' }>, numbers: VersionNumbers): Call {
  const twice = (data: bigint) => (numbers.namesBothEnds ? [data, data] : [data]);
  const call = (stem: string, ...parameters: readonly (number | Pointer)[]): Call => ({ stem, parameters });
  switch (operation.kind) {
    case 'convolution': {
      const { training, source, weights, bias, destination } = operation;
      const kinds = [direction(training), convolutionDirect];
      return call('convolution_forward', ...kinds, source, weights, bias ?? null, destination, ...moving(operation));
    }
    case 'convolution-input-gradient': {
      const { source, weights, destination } = operation;
      return call(
        'convolution_backward_data',
        ...[convolutionDirect, source, weights, destination],
        ...moving(operation),
      );
    }
    case 'convolution-weight-gradient': {
      const { source, weights, bias, destination } = operation;
      const descriptors = [source, weights, bias ?? null, destination];
      return call('convolution_backward_weights', convolutionDirect, ...descriptors, ...moving(operation));
    }
    case 'inner-product': {
      const { training, source, weights, bias, destination } = operation;
      return call('inner_product_forward', direction(training), source, weights, bias ?? null, destination);
    }
    case 'inner-product-input-gradient':
      return call('inner_product_backward_data', operation.source, operation.weights, operation.destination);
    case 'inner-product-weight-gradient': {
      const { source, weights, bias, destination } = operation;
      return call('inner_product_backward_weights', source, weights, bias ?? null, destination);
    }
    case 'pooling': {
      const { training, algorithm, source, destination } = operation;
      const kinds = [direction(training), poolings[algorithm]];
      return call('pooling_forward', ...kinds, source, destination, ...moving(operation, operation.kernel));
    }
    case 'pooling-gradient': {
      const { algorithm, source, destination } = operation;
      return call(
        'pooling_backward',
        ...[poolings[algorithm], source, destination],
        ...moving(operation, operation.kernel),
      );
    }
    case 'eltwise': {
      const { training, algorithm, data, alpha, beta } = operation;
      return call(
        'eltwise_forward',
        ...[direction(training), numbers.eltwise[algorithm]],
        ...[...twice(data), alpha, beta],
      );
    }
    case 'eltwise-gradient': {
      const { algorithm, data, alpha, beta } = operation;
      return call('eltwise_backward', numbers.eltwise[algorithm], ...twice(data), data, alpha, beta);
    }
    case 'batch-normalization': {
      const { training, source, epsilon } = operation;
      const flags = normalizationFlags(operation, numbers);
      return call('batch_normalization_forward', direction(training), ...twice(source), epsilon, flags);
    }
    case 'batch-normalization-gradient': {
      const { source, epsilon } = operation;
      const flags = normalizationFlags(operation, numbers);
      return call('batch_normalization_backward', propagation.backward, ...twice(source), source, epsilon, flags);
    }
    case 'binary': {
      const { algorithm, first, second, destination } = operation;
      return call('binary', binaries[algorithm], first, second, destination);
    }
  }
}

function direction(training: boolean): number {
  return training ? propagation.forwardTraining : propagation.forwardInference;
}

function moving({ strides, dilations, padBegin, padEnd }: Movement, kernel?: readonly number[]): readonly Pointer[] {
  return [
    nativeDims(strides),
    ...(kernel === undefined ? [] : [nativeDims(kernel)]),
    nativeDilations(dilations),
    nativeDims(padBegin),
    nativeDims(padEnd),
  ];
}

function normalizationFlags(
  { globalStatistics, relu }: { readonly globalStatistics: boolean; readonly relu: boolean },
  { normalization: flags }: VersionNumbers,
): number {
  return flags.scale | flags.shift | (globalStatistics ? flags.globalStatistics : 0) | (relu ? flags.relu : 0);
}
