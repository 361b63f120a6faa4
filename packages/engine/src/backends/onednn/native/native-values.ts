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

/** Bytes of a `dnnl_exec_arg_t`: an int, padding, and a pointer. */
const argumentBytes = 16;
const pointerOffset = 8;

/** What a primitive works on, as an array of `dnnl_exec_arg_t`: roles (`DNNL_ARG_*`) and memories. */
export function nativeArguments(given: readonly (readonly [role: number, memory: bigint])[]): Uint8Array {
  // An explicit ArrayBuffer: small typed arrays without one lie in the JavaScript heap, where they move.
  const list = new Uint8Array(new ArrayBuffer(given.length * argumentBytes));
  const view = new DataView(list.buffer);
  given.forEach(([role, memory], i) => {
    view.setInt32(i * argumentBytes, role, true);
    view.setBigUint64(i * argumentBytes + pointerOffset, memory, true);
  });
  return list;
}

/** Where memory of ours lies. It does not move as long as it is referenced. */
export function addressOf(memory: ArrayBufferView): bigint {
  return ffi().address(memory);
}
