import { type ChromarayError, isChromarayError } from '@chromaray/base';
import { fileReadError } from '../image-error.js';
import { encodeNetpbm, netpbmLength } from '../netpbm.js';
import { type ArrayBytes, openArrayBytes } from '../numpy/array-bytes.js';
import { countOf, type NpyHeader, npyHeadLength, readNpyHeader } from '../numpy/npy-header.js';
import { type NpyValues, readNpyValues } from '../numpy/npy-values.js';
import { numpyError } from '../numpy/numpy-error.js';
import type { Archive, ArchivedFile } from './archive.js';
import { ZipArchive } from './zip-archive.js';

/** An array of pictures: uint8, [n, height, width] or [n, height, width, 1 or 3]. */
interface PictureArray {
  readonly member: string;
  readonly header: NpyHeader;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  bytes?: Promise<ArrayBytes>;
}

/** Labels and other small arrays are read whole up to this many bytes. */
const wholeBytes = 256 * 2 ** 20;

/**
 * An `.npz` file as an archive of pictures: the file `train_images/00017` in it is the picture with that index of the
 * array `train_images`, as a PGM or PPM (see `encodeNetpbm`). Arrays that hold no pictures are not among its files;
 * names, dates and Python objects are no numbers, and such arrays are an error only for whoever asks for them.
 *
 * @throws ChromarayError `CHROMARAY_ZIP_`; `CHROMARAY_NUMPY_MALFORMED`, `_TRUNCATED` about any of its arrays, since a
 *   file that is damaged in one is not to be trusted in the others
 */
export class NpzArchive implements Archive {
  readonly files = new Map<string, ArchivedFile>();
  readonly folders: readonly string[] = [];

  private constructor(
    private readonly zip: ZipArchive,
    /** Every array of numbers by its name. */
    private readonly headers: ReadonlyMap<string, NpyHeader>,
    /** Every other array, and why it cannot be read. */
    private readonly others: ReadonlyMap<string, ChromarayError>,
    private readonly pictures: ReadonlyMap<string, PictureArray>,
  ) {
    for (const [array, found] of pictures) {
      const bytes = netpbmLength(found);
      const count = found.header.shape[0]!;
      for (let index = 0; index < count; index++) this.files.set(pictureName(array, index, count), { bytes });
    }
  }

  static async open(file: string): Promise<NpzArchive> {
    const zip = await ZipArchive.open(file);
    try {
      const headers = new Map<string, NpyHeader>();
      const others = new Map<string, ChromarayError>();
      const pictures = new Map<string, PictureArray>();
      for (const [member, { bytes }] of zip.files) {
        const array = member.replace(/\.npy$/, '');
        const name = `${file}: the array "${array}"`;
        if (array === member) throw numpyError('MALFORMED', `${file}: the file "${member}"`, 'is not an array (.npy)');
        const header = await readHeader(zip, member, name, bytes);
        if (isChromarayError(header)) {
          others.set(array, header);
          continue;
        }
        headers.set(array, header);
        const shaped = pictureShape(header);
        if (shaped !== undefined) pictures.set(array, { member, header, ...shaped });
      }
      return new NpzArchive(zip, headers, others, pictures);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  get file(): string {
    return this.zip.file;
  }

  get mtimeMs(): number {
    return this.zip.mtimeMs;
  }

  /** The names of all arrays. */
  get arrays(): readonly string[] {
    return [...this.headers.keys(), ...this.others.keys()];
  }

  /**
   * The shape of an array.
   *
   * @throws ChromarayError `CHROMARAY_NUMPY_PICKLE`, `_TYPE` for an array that holds no numbers
   */
  shapeOf(array: string): readonly number[] {
    return this.header(array).shape;
  }

  /** Paths of the pictures of an array, in their order; undefined for an array that holds none. */
  picturesOf(array: string): readonly string[] | undefined {
    const found = this.pictures.get(array);
    if (found === undefined) return undefined;
    const count = found.header.shape[0]!;
    return Array.from({ length: count }, (_, index) => pictureName(array, index, count));
  }

  /** All numbers of an array. Throws as {@link shapeOf}. */
  async values(array: string): Promise<NpyValues> {
    const header = this.header(array);
    const bytes = await this.zip.read(`${array}.npy`, wholeBytes);
    return readNpyValues(bytes, header, `${this.file}: the array "${array}"`);
  }

  async read(path: string, maxBytes: number): Promise<Uint8Array> {
    const place = this.files.get(path);
    const [array, index] = path.split('/') as [string, string];
    const found = this.pictures.get(array);
    if (place === undefined || found === undefined) {
      const missing: NodeJS.ErrnoException = new Error(`there is no ${path} in ${this.file}`);
      missing.code = 'ENOENT';
      throw fileReadError(`${this.file}/${path}`, missing);
    }
    if (place.bytes > maxBytes) throw numpyError('SHAPE', `${this.file}/${path}`, `has ${place.bytes} bytes`);
    const { width, height, channels } = found;
    return encodeNetpbm({ width, height, channels, data: await this.samples(found, Number(index)) });
  }

  async head(path: string, length: number): Promise<Uint8Array> {
    return (await this.read(path, Number.POSITIVE_INFINITY)).subarray(0, length);
  }

  close(): void {
    this.zip.close();
    for (const { bytes } of this.pictures.values()) bytes?.then((opened) => opened.close()).catch(() => {});
  }

  private header(array: string): NpyHeader {
    const header = this.headers.get(array);
    if (header === undefined) throw this.others.get(array) ?? new RangeError(`there is no array ${array}`);
    return header;
  }

  private async samples(array: PictureArray, index: number): Promise<Uint8Array> {
    const { member, header, height, width, channels } = array;
    array.bytes ??= openArrayBytes(this.zip, member, header.fortranOrder);
    const bytes = await array.bytes;
    const size = height * width * channels;
    if (!header.fortranOrder) return bytes.read(header.dataStart + index * size, size);
    const count = header.shape[0]!;
    const result = new Uint8Array(size);
    let to = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          result[to++] = bytes.all![header.dataStart + index + count * (y + height * (x + width * c))]!;
        }
      }
    }
    return result;
  }
}

/** Opens an `.npz` file, see {@link NpzArchive}. */
export function openNpz(file: string): Promise<NpzArchive> {
  return NpzArchive.open(file);
}

/** The header of an array, or why it holds no numbers. */
async function readHeader(
  zip: ZipArchive,
  member: string,
  name: string,
  bytes: number,
): Promise<NpyHeader | ChromarayError> {
  const head = await zip.head(member, npyHeadLength);
  // A file that cannot be unpacked gives no head; reading it says why.
  if (head.length === 0) await zip.read(member, wholeBytes);
  const header = headerOrReason(head, name);
  if (isChromarayError(header)) return header;
  const there = bytes - header.dataStart;
  if (there < countOf(header) * header.width) {
    throw numpyError(
      'TRUNCATED',
      name,
      `announces ${countOf(header)} values and has room for ${Math.floor(there / header.width)}`,
    );
  }
  return header;
}

function headerOrReason(head: Uint8Array, name: string): NpyHeader | ChromarayError {
  try {
    return readNpyHeader(head, name);
  } catch (error) {
    const other = isChromarayError(error) && ['CHROMARAY_NUMPY_PICKLE', 'CHROMARAY_NUMPY_TYPE'].includes(error.code);
    if (other) return error;
    throw error;
  }
}

function pictureShape({ kind, width, shape }: NpyHeader) {
  const [count, height, across, channels = 1] = shape;
  const isPicture =
    kind === 'u' &&
    width === 1 &&
    (shape.length === 3 || shape.length === 4) &&
    [count, height, across].every((side) => side! > 0) &&
    (channels === 1 || channels === 3);
  return isPicture ? { height: height!, width: across!, channels: channels as 1 | 3 } : undefined;
}

/** As many digits as the last one needs, so that names sort in the order of the pictures. */
function pictureName(array: string, index: number, count: number): string {
  return `${array}/${String(index).padStart(String(count - 1).length, '0')}`;
}
