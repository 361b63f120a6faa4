/** Arrays that threads read together: the memory of a search is there once, however many threads look through it. */

export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

export function sharedSignedBytes(length: number): Int8Array {
  return new Int8Array(new SharedArrayBuffer(length));
}

export function sharedIntegers(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * length));
}

export function sharedNumbers(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(4 * length));
}
