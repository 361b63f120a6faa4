import type { NativeCodecs } from 'dcmjs-codecs';
import type { PixelCoding } from './transfer-syntax.js';

/** A compressed frame of one component, and what a decoder must know beside it. */
export interface CompressedFrame {
  readonly coding: Exclude<PixelCoding, 'plain' | 'rle'>;
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly columns: number;
  /** Bits of a decoded sample's container. */
  readonly container: 8 | 16;
}

/** Decoded samples, and what the decoder complained about on the way. */
export interface DecodedFrame {
  /** Little endian. */
  readonly bytes: Uint8Array;
  readonly complaints: readonly string[];
}

type Codecs = typeof import('dcmjs-codecs');
type Decoder = Exclude<keyof typeof NativeCodecs & `decode${string}`, 'decodeJpegXl' | 'decodeRle'>;

const decoders: Record<CompressedFrame['coding'], Decoder> = {
  jpeg: 'decodeJpeg',
  'jpeg-ls': 'decodeJpegLs',
  'jpeg-2000': 'decodeJpeg2000',
  htj2k: 'decodeHtJpeg2000',
};

/**
 * Decompresses a frame to its stored samples by the C++ decoders of libijg, CharLS, OpenJPEG and OpenJPH that
 * `dcmjs-codecs` brings as WebAssembly. Occupies its thread until done.
 *
 * All frames share one instance of the decoders, whatever is decoded at the same time. Frames are therefore decoded
 * one after the other, and an instance that failed is never used again: the frame gets a second try on a fresh one,
 * so that only the frame itself can be the reason of an error.
 *
 * @throws Error in the decoder's words
 */
export function decodeFrame(frame: CompressedFrame): Promise<DecodedFrame> {
  const result = last.then(() => decodeTwice(frame));
  last = result.catch(() => {});
  return result;
}

let last: Promise<unknown> = Promise.resolve();

async function decodeTwice(frame: CompressedFrame): Promise<DecodedFrame> {
  try {
    return decodeOnce(await loadCodecs(), frame);
  } catch {
    releaseCodecs();
  }
  try {
    return decodeOnce(await loadCodecs(), frame);
  } catch (error) {
    releaseCodecs();
    throw error;
  }
}

function decodeOnce(codecs: Codecs, { coding, bytes, rows, columns, container }: CompressedFrame): DecodedFrame {
  const context = new codecs.Context({
    width: columns,
    height: rows,
    bitsAllocated: container,
    bitsStored: container,
    samplesPerPixel: 1,
    pixelRepresentation: 0,
    planarConfiguration: 0,
    photometricInterpretation: 'MONOCHROME2',
    encodedBuffer: bytes,
  });
  messages.length = 0;
  const decoded = codecs.NativeCodecs[decoders[coding]](context).getDecodedBuffer();
  if (decoded === undefined) throw new Error('the decoder gave no pixels');
  return { bytes: decoded, complaints: messages.filter((text) => complaint.test(text)).map(withoutOrigin) };
}

/** What the decoders said since the last frame began. */
const messages: string[] = [];
/** libijg's warnings; OpenJPEG's bear the word. What else is said describes the codestream. */
const complaint = /corrupt|premature|warning|inconsistent|invalid/i;

function withoutOrigin(text: string): string {
  return text.replace(/^.*::/, '').trim().replace(/\.$/, '');
}

let loaded: Codecs | undefined;

/** Loaded when the first compressed file asks for them: they take 4 MB and 60 ms. */
async function loadCodecs(): Promise<Codecs> {
  if (loaded !== undefined) return loaded;
  const { default: codecs } = await import('dcmjs-codecs');
  codecs.log.methodFactory = () => (text: unknown) => messages.push(String(text));
  codecs.log.setLevel('info', false);
  await codecs.NativeCodecs.initializeAsync({ logCodecsInfo: true, logCodecsTrace: false });
  loaded = codecs;
  return codecs;
}

/** A decoder that ran into a trap leaves its memory in an unknown state. */
function releaseCodecs(): void {
  loaded?.NativeCodecs.release();
  loaded = undefined;
}
