import { type EncodedImage, type ImageHeader, imageError } from '@chromaray/imaging/browser';

export interface PngSamples {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Uint16Array for a file of 16 bits. */
  readonly samples: Uint8Array | Uint16Array;
}

/** First column and row of each of Adam7's passes, and the steps between: PNG specification (W3C 2025), 8.2. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/**
 * Decodes a PNG to its stored levels: palettes are resolved, fewer bits than 8 are stretched to 255, transparency is flattened
 * onto black, profiles are ignored. A canvas gives at most 8 bits, and not by the same rule.
 *
 * @throws ChromarayError `CHROMARAY_IMAGE_TRUNCATED`, `CHROMARAY_IMAGE_UNREADABLE`
 */
export async function decodePng({ name, bytes }: EncodedImage, header: ImageHeader): Promise<PngSamples> {
  const { width, height, bitDepth } = header;
  const { colourType, interlaced, palette, transparent, data } = chunksOf(name, bytes);
  const perPixel = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colourType];
  if (perPixel === undefined) throw imageError('UNREADABLE', name, 'has a kind of colour that PNG does not know');
  const layout = (interlaced ? passes : [[0, 0, 1, 1] as const])
    .map(([left, top, across, down]) => ({
      ...{ left, top, across, down },
      columns: Math.ceil((width - left) / across),
      rows: Math.ceil((height - top) / down),
    }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
  const rowBytes = (columns: number): number => Math.ceil((columns * perPixel * bitDepth) / 8);
  const expected = layout.reduce((sum, { columns, rows }) => sum + rows * (1 + rowBytes(columns)), 0);
  const raw = await inflate(name, data, expected);
  const stored = new Uint16Array(width * height * perPixel);
  let at = 0;
  for (const { left, top, across, down, columns, rows } of layout) {
    const length = rowBytes(columns);
    let above = new Uint8Array(length);
    for (let row = 0; row < rows; row++) {
      const line = raw.subarray(at + 1, at + 1 + length);
      unfilter(name, raw[at]!, line, above, Math.max(1, (perPixel * bitDepth) >> 3));
      at += 1 + length;
      for (let column = 0; column < columns; column++) {
        const to = ((top + row * down) * width + left + column * across) * perPixel;
        for (let i = 0; i < perPixel; i++) stored[to + i] = sampleAt(line, column * perPixel + i, bitDepth);
      }
      above = line as Uint8Array<ArrayBuffer>;
    }
  }
  return finished(stored, { name, width, height, bitDepth, colourType, perPixel, palette, transparent });
}

interface Chunks {
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  readonly interlaced: boolean;
  readonly palette: Uint8Array | undefined;
  readonly transparent: Uint8Array | undefined;
  readonly data: readonly Uint8Array[];
}

function chunksOf(name: string, bytes: Uint8Array): Chunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  let [palette, transparent]: (Uint8Array | undefined)[] = [];
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) throw imageError('TRUNCATED', name, 'ends before the picture does');
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (content.length < length) throw imageError('TRUNCATED', name, 'ends before the picture does');
    if (type === 'IDAT') data.push(content);
    if (type === 'PLTE') palette = content;
    if (type === 'tRNS') transparent = content;
    if (type === 'IEND') break;
    at += 12 + length;
  }
  return { colourType: bytes[25] as 0, interlaced: bytes[28] === 1, palette, transparent, data };
}

/** At most what the picture needs is unpacked: a bomb ends here. */
async function inflate(name: string, parts: readonly Uint8Array[], expected: number): Promise<Uint8Array> {
  const raw = new Uint8Array(expected);
  let filled = 0;
  try {
    const packed = new Blob(parts as Uint8Array<ArrayBuffer>[]).stream();
    const reader = packed.pipeThrough(new DecompressionStream('deflate')).getReader();
    while (filled < expected) {
      const { done, value } = await reader.read();
      if (done) break;
      raw.set(value.subarray(0, expected - filled), filled);
      filled += Math.min(value.length, expected - filled);
    }
    await reader.cancel();
  } catch (cause) {
    throw imageError('UNREADABLE', name, 'is damaged: its pixels cannot be unpacked', cause);
  }
  if (filled < expected) throw imageError('TRUNCATED', name, 'lacks a part of its pixels');
  return raw;
}

/** PNG specification, 9.2: each byte was written as its difference from what its neighbours foretell. */
function unfilter(name: string, kind: number, line: Uint8Array, above: Uint8Array, step: number): void {
  if (kind > 4) throw imageError('UNREADABLE', name, 'is damaged: a row is filtered in no known way');
  for (let i = 0; i < line.length; i++) {
    const left = i < step ? 0 : line[i - step]!;
    const up = above[i]!;
    const corner = i < step ? 0 : above[i - step]!;
    const foretold = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind]!;
    line[i] = line[i]! + foretold;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function sampleAt(line: Uint8Array, index: number, bits: number): number {
  if (bits === 16) return line[2 * index]! * 256 + line[2 * index + 1]!;
  if (bits === 8) return line[index]!;
  const bit = index * bits;
  return (line[bit >> 3]! >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
}

interface Finishing extends Pick<Chunks, 'colourType' | 'palette' | 'transparent'> {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly perPixel: number;
}

function finished(stored: Uint16Array, about: Finishing): PngSamples {
  const { name, width, height, bitDepth, colourType, perPixel, palette, transparent } = about;
  const most = 2 ** bitDepth - 1;
  const channels = colourType === 0 || colourType === 4 ? 1 : 3;
  const samples = new (bitDepth === 16 ? Uint16Array : Uint8Array)(width * height * channels);
  const key = transparent && colourType !== 3 ? keyOf(transparent, perPixel) : undefined;
  if (colourType === 3 && palette === undefined) throw imageError('UNREADABLE', name, 'is damaged: it has no palette');
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel * perPixel;
    if (colourType === 3) {
      const index = stored[from]!;
      const alpha = transparent?.[index] ?? 255;
      for (let i = 0; i < 3; i++) samples[3 * pixel + i] = Math.floor(((palette![3 * index + i] ?? 0) * alpha) / 255);
      continue;
    }
    const hidden = key?.every((value, i) => value === stored[from + i]) ?? false;
    const alpha = hidden ? 0 : colourType >= 4 ? stored[from + channels]! : most;
    for (let i = 0; i < channels; i++) {
      const value = Math.floor((stored[from + i]! * alpha) / most);
      samples[channels * pixel + i] = bitDepth < 8 ? (value * 255) / most : value;
    }
  }
  return { width, height, channels, samples };
}

function keyOf(transparent: Uint8Array, perPixel: number): readonly number[] {
  return Array.from({ length: perPixel }, (_, i) => transparent[2 * i]! * 256 + transparent[2 * i + 1]!);
}
