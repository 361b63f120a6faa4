import type { NativeCodecs } from 'dcmjs-codecs';
import type { PixelDescription } from './pixel-description.js';
import type { PixelCoding } from './transfer-syntax.js';

/** A compressed frame and what the data set says about it. */
export interface CompressedFrame {
  readonly coding: Exclude<PixelCoding, 'plain'>;
  readonly bytes: Uint8Array;
  readonly pixels: PixelDescription;
}

type Codecs = typeof import('dcmjs-codecs');
type Decoder = Exclude<keyof typeof NativeCodecs & `decode${string}`, 'decodeJpegXl'>;

const decoders: Record<CompressedFrame['coding'], Decoder> = {
  rle: 'decodeRle',
  jpeg: 'decodeJpeg',
  'jpeg-ls': 'decodeJpegLs',
  'jpeg-2000': 'decodeJpeg2000',
  htj2k: 'decodeHtJpeg2000',
};

/**
 * Decompresses a frame to its stored samples, little endian, by the C++ decoders of libijg, CharLS, OpenJPEG
 * and OpenJPH that `dcmjs-codecs` brings as WebAssembly. Occupies its thread until done.
 *
 * @throws Error in the decoder's words
 */
export async function decodeFrame({ coding, bytes, pixels }: CompressedFrame): Promise<Uint8Array> {
  const codecs = await loadCodecs();
  try {
    const context = new codecs.Context({
      width: pixels.columns,
      height: pixels.rows,
      bitsAllocated: pixels.bitsAllocated,
      bitsStored: pixels.bitsStored,
      samplesPerPixel: 1,
      pixelRepresentation: pixels.signed ? 1 : 0,
      planarConfiguration: 0,
      photometricInterpretation: `MONOCHROME${pixels.monochrome}`,
      encodedBuffer: bytes,
    });
    const decoded = codecs.NativeCodecs[decoders[coding]](context).getDecodedBuffer();
    if (decoded === undefined) throw new Error('the decoder gave no pixels');
    return decoded;
  } catch (error) {
    // A decoder that ran into a trap leaves its memory in an unknown state.
    loading = undefined;
    codecs.NativeCodecs.release();
    throw error;
  }
}

let loading: Promise<Codecs> | undefined;

/** Loaded when the first compressed file asks for them: they take 4 MB and 60 ms. */
function loadCodecs(): Promise<Codecs> {
  loading ??= import('dcmjs-codecs').then(async ({ default: codecs }) => {
    await codecs.NativeCodecs.initializeAsync({ logCodecsInfo: false, logCodecsTrace: false });
    return codecs;
  });
  return loading;
}
