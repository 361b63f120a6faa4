import { asImage, type GrayImage, type Image, type Size } from '../image.js';
import { parseSize } from '../size.js';
import { reducedSums } from './reduce-gray.js';
import { type Resampling, resampling } from './resample.js';

/**
 * Stretches a picture to a size; the aspect ratio is not kept, as every network input is of one shape.
 * Along each side, reduction takes the mean over the area an output pixel covers (no aliasing, no ringing
 * beside bright markers), enlargement is bilinear. The sum is exact and rounded to nearest, halves upward.
 *
 * Written out here rather than left to libvips, whose reduction of 8-bit pictures is off by up to 0.8
 * levels on average, in a measure that depends on the picture's size. In the Kermany set sizes differ by
 * class, and an error that differs by class is a clue for a network.
 *
 * @returns a new picture; the same pixels on every machine
 * @throws ChromarayError `CHROMARAY_IMAGE_SIZE`
 */
export function resize(image: GrayImage, target: number | Size): GrayImage;
export function resize(image: Image, target: number | Size): Image;
export function resize(source: GrayImage | Image, target: number | Size): GrayImage | Image {
  const { width, height } = parseSize(target);
  const image = asImage(source);
  if (image.width === width && image.height === height) return { ...image, data: Uint8Array.from(image.data) };

  const columns = resampling(image.width, width);
  const rows = resampling(image.height, height);
  if (image.channels === 1 && width <= image.width && height <= image.height && isLittleEndian) {
    const scale = 1 / (rows.divisor * columns.divisor);
    return { width, height, channels: 1, data: rounded(reducedSums(image.data, image, columns, rows), scale) };
  }
  const narrowed = alongRows(image, columns, width);
  const data = alongColumns(narrowed, rows, width * image.channels, 1 / (rows.divisor * columns.divisor));
  return { width, height, channels: image.channels, data };
}

/** Words are taken apart from their lowest byte; every machine that Node runs on but one (s390x) stores it first. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function rounded(sums: Float64Array, scale: number): Uint8Array {
  const result = new Uint8Array(sums.length);
  for (let i = 0; i < sums.length; i++) result[i] = sums[i]! * scale + 0.5;
  return result;
}

/**
 * Every source row at the target width, times the divisor. A sum stays below 2^31 for rows of up to eight
 * million pixels.
 */
function alongRows({ width, height, channels, data }: Image, columns: Resampling, targetWidth: number): Int32Array {
  const { first, last, head, tail, inner } = columns;
  const result = new Int32Array(height * targetWidth * channels);
  let to = 0;
  for (let start = 0; start < data.length; start += width * channels) {
    for (let x = 0; x < targetWidth; x++) {
      const from = start + first[x]! * channels;
      const end = start + last[x]! * channels;
      if (channels === 1) {
        result[to++] = head[x]! * data[from]! + inner * sumOfRun(data, from + 1, end) + tail[x]! * data[end]!;
        continue;
      }
      for (let c = 0; c < channels; c++) {
        const sum = sumOfChannel(data, from + channels + c, end, channels);
        result[to++] = head[x]! * data[from + c]! + inner * sum + tail[x]! * data[end + c]!;
      }
    }
  }
  return result;
}

/** The sum of neighbouring samples. Every sample of a gray picture passes here once, hence four at a time. */
function sumOfRun(data: Uint8Array, start: number, end: number): number {
  let sum = 0;
  let at = start | 0;
  for (; at + 4 <= end; at = (at + 4) | 0) sum = (sum + data[at]! + data[at + 1]! + data[at + 2]! + data[at + 3]!) | 0;
  for (; at < end; at = (at + 1) | 0) sum = (sum + data[at]!) | 0;
  return sum;
}

function sumOfChannel(data: Uint8Array, start: number, end: number, channels: number): number {
  let sum = 0;
  for (let at = start; at < end; at += channels) sum = (sum + data[at]!) | 0;
  return sum;
}

/** Weighs whole rows with one another; sums stay below 2^53 for pictures of any size that is decoded. */
function alongColumns(narrowed: Int32Array, rows: Resampling, rowLength: number, scale: number): Uint8Array {
  const { first, last, head, tail, inner } = rows;
  const result = new Uint8Array(first.length * rowLength);
  for (let y = 0, to = 0; y < first.length; y++) {
    const from = first[y]! * rowLength;
    const end = last[y]! * rowLength;
    for (let x = 0; x < rowLength; x++, to++) {
      let sum = 0;
      for (let at = from + rowLength + x; at < end; at += rowLength) sum += narrowed[at]!;
      result[to] = (head[y]! * narrowed[from + x]! + inner * sum + tail[y]! * narrowed[end + x]!) * scale + 0.5;
    }
  }
  return result;
}
