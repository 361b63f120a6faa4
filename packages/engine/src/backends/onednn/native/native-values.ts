import { ffi } from './ffi.js';

/** `DNNL_MAX_NDIMS` */
const mostDimensions = 12;

/** Sizes as `dnnl_dims_t`. */
export function nativeDims(values: readonly number[]): BigInt64Array {
  const dims = new BigInt64Array(mostDimensions);
  values.forEach((value, i) => {
    dims[i] = BigInt(value);
  });
  return dims;
}

/** Dilations as oneDNN counts them: 0 for none. */
export function nativeDilations(dilations: readonly number[]): BigInt64Array {
  return nativeDims(dilations.map((dilation) => dilation - 1));
}

/** Where memory of ours lies. It does not move as long as it is referenced. */
export function addressOf(memory: ArrayBufferView): bigint {
  return ffi().address(memory);
}
