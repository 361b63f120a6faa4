/**
 * Area-mean reduction of a gray picture: the same exact sums as `resize` forms for any picture, in an order that
 * suits a large one. Rows are added up first, four samples in one 32-bit word at a time: a sum of up to 257 samples
 * fits 16 bits, so that a word's even and odd bytes are summed as two pairs. Every sample of a full-size X-ray passes
 * here once, and all else is done on what is left of it.
 */
import type { Size } from '../image.js';
import type { Resampling } from './resample.js';

/** Sums of the even and of the odd bytes of each word, two in 32 bits. */
interface Pairs {
  readonly even: Int32Array;
  readonly odd: Int32Array;
}

const evenBytes = 0x00ff00ff;
/** Rows whose sum still fits 16 bits. */
const mostRows = 257;

/**
 * @param data samples row after row
 * @returns the sums of every target pixel, to be divided by the divisors of both directions; exact
 */
export function reducedSums(data: Uint8Array, from: Size, columns: Resampling, rows: Resampling): Float64Array {
  const words = alignedRows(data, from);
  const stride = Math.ceil(from.width / 4);
  const height = rows.first.length;
  const width = columns.first.length;
  const result = new Float64Array(height * width);
  const row = new Int32Array(stride * 4);
  const pairs = { even: new Int32Array(stride), odd: new Int32Array(stride) };
  for (let y = 0; y < height; y++) {
    sumRows(words, stride, rows, y, pairs, row);
    sumColumns(row, columns, result, y * width);
  }
  return result;
}

/** The picture with rows that start at a whole word. */
function alignedRows(data: Uint8Array, { width, height }: Size): Uint32Array {
  if (width % 4 === 0 && data.byteOffset % 4 === 0) {
    return new Uint32Array(data.buffer, data.byteOffset, (width * height) / 4);
  }
  const stride = Math.ceil(width / 4) * 4;
  const padded = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) padded.set(data.subarray(y * width, (y + 1) * width), y * stride);
  return new Uint32Array(padded.buffer);
}

/** One target row's weighted sum of source rows. A sum stays below 255 times the source's height. */
function sumRows(
  words: Uint32Array,
  stride: number,
  rows: Resampling,
  y: number,
  pairs: Pairs,
  into: Int32Array,
): void {
  const { first, last, head, tail, inner } = rows;
  const [top, bottom] = [first[y]!, last[y]!];
  addWeighted(words, stride, top, head[y]!, bottom, tail[y]!, into);
  for (let row = top + 1; row < bottom; row += mostRows) {
    const { even, odd } = pairs;
    even.fill(0);
    odd.fill(0);
    addRows(words, stride, row, Math.min(bottom, row + mostRows), pairs);
    for (let x = 0, to = 0; x < stride; x++, to += 4) {
      const e = even[x]!;
      const o = odd[x]!;
      into[to] = (into[to]! + inner * (e & 0xffff)) | 0;
      into[to + 1] = (into[to + 1]! + inner * (o & 0xffff)) | 0;
      into[to + 2] = (into[to + 2]! + inner * (e >>> 16)) | 0;
      into[to + 3] = (into[to + 3]! + inner * (o >>> 16)) | 0;
    }
  }
}

/** The rows that a target row covers in part. */
function addWeighted(
  words: Uint32Array,
  stride: number,
  top: number,
  headWeight: number,
  bottom: number,
  tailWeight: number,
  into: Int32Array,
): void {
  for (let x = 0, to = 0; x < stride; x++, to += 4) {
    const above = words[top * stride + x]!;
    const below = words[bottom * stride + x]!;
    into[to] = headWeight * (above & 255) + tailWeight * (below & 255);
    into[to + 1] = headWeight * ((above >>> 8) & 255) + tailWeight * ((below >>> 8) & 255);
    into[to + 2] = headWeight * ((above >>> 16) & 255) + tailWeight * ((below >>> 16) & 255);
    into[to + 3] = headWeight * (above >>> 24) + tailWeight * (below >>> 24);
  }
}

/** Adds whole rows, four at a time: the sums are then read and written a quarter as often. */
function addRows(words: Uint32Array, stride: number, from: number, end: number, { even, odd }: Pairs): void {
  let row = from;
  for (; row + 4 <= end; row += 4) {
    const a = row * stride;
    const [b, c, d] = [a + stride, a + 2 * stride, a + 3 * stride];
    for (let x = 0; x < stride; x++) {
      const v = words[a + x]!;
      const w = words[b + x]!;
      const y = words[c + x]!;
      const z = words[d + x]!;
      even[x]! += (v & evenBytes) + (w & evenBytes) + (y & evenBytes) + (z & evenBytes);
      odd[x]! += ((v >>> 8) & evenBytes) + ((w >>> 8) & evenBytes) + ((y >>> 8) & evenBytes) + ((z >>> 8) & evenBytes);
    }
  }
  for (; row < end; row++) {
    for (let x = 0, at = row * stride; x < stride; x++, at++) {
      even[x]! += words[at]! & evenBytes;
      odd[x]! += (words[at]! >>> 8) & evenBytes;
    }
  }
}

function sumColumns(row: Int32Array, columns: Resampling, result: Float64Array, to: number): void {
  const { first, last, head, tail, inner } = columns;
  for (let x = 0; x < first.length; x++) {
    const start = first[x]!;
    const end = last[x]!;
    let sum = 0;
    for (let at = start + 1; at < end; at++) sum += row[at]!;
    result[to + x] = head[x]! * row[start]! + inner * sum + tail[x]! * row[end]!;
  }
}
