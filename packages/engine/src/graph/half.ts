/**
 * The two 16-bit floating-point formats. float16 is IEEE 754 binary16; bfloat16 is the upper half of a
 * float32. Both round to nearest, ties to even.
 */
export type HalfType = 'float16' | 'bfloat16';

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The value of 16 bits. */
export function decodeHalf(type: HalfType, half: number): number {
  if (type === 'bfloat16') {
    bits[0] = half << 16;
    return float[0]!;
  }
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const tables = new Map<HalfType, Float32Array>();

/** The values of many, looked up: a network has millions. Exact, since float32 holds each of them. */
export function decodeHalves(type: HalfType, halves: ArrayLike<number>): Float32Array {
  const table = tables.get(type) ?? Float32Array.from({ length: 2 ** 16 }, (_, half) => decodeHalf(type, half));
  tables.set(type, table);
  const values = new Float32Array(halves.length);
  for (let i = 0; i < values.length; i++) values[i] = table[halves[i]!]!;
  return values;
}

/** The 16 bits nearest to a value. */
export function encodeHalf(type: HalfType, value: number): number {
  return type === 'bfloat16' ? encodeBfloat16(value) : encodeFloat16(value);
}

function encodeBfloat16(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  float[0] = value;
  const whole = bits[0]!;
  return ((whole + 0x7fff + ((whole >>> 16) & 1)) >>> 16) & 0xffff;
}

function encodeFloat16(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | roundHalfToEven(magnitude * 2 ** 24);
  const exponent = Math.floor(Math.log2(magnitude));
  // log2 of a number just below a power of two may round up to it.
  const exact = 2 ** exponent > magnitude ? exponent - 1 : exponent;
  const fraction = roundHalfToEven((magnitude / 2 ** exact - 1) * 1024);
  // A fraction of 1024 carries into the exponent, which the addition does by itself.
  return sign | (((exact + 15) << 10) + fraction);
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
