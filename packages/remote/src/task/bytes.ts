// Numbers as text, for messages in JSON: base64 of little-endian bytes, labels eight to a byte.

/** Labels of 0 and 1 as bits, the first label in the lowest bit of the first byte, in base64. */
export function packLabels(labels: Uint8Array): string {
  const bits = new Uint8Array(Math.ceil(labels.length / 8));
  for (let i = 0; i < labels.length; i++) bits[i >> 3]! |= (labels[i]! & 1) << (i & 7);
  return toBase64(bits);
}

/** @throws RangeError when the text does not hold exactly `count` labels */
export function unpackLabels(text: string, count: number): Uint8Array {
  const bits = fromBase64(text);
  if (bits.length !== Math.ceil(count / 8)) throw new RangeError(`${bits.length} bytes do not hold ${count} labels`);
  return Uint8Array.from({ length: count }, (_, i) => (bits[i >> 3]! >> (i & 7)) & 1);
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

/** Every bit of the numbers, NaN included. */
export function packFloats(values: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => void bytes.setFloat32(i * 4, value, true));
  return toBase64(new Uint8Array(bytes.buffer));
}

/** @throws RangeError when the text is no sequence of 4-byte numbers */
export function unpackFloats(text: string): Float32Array {
  const bytes = fromBase64(text);
  if (bytes.length % 4 !== 0) throw new RangeError(`${bytes.length} bytes are no numbers of 4 bytes each`);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
}
