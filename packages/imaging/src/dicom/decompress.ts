import type { NativeCodecs } from 'dcmjs-codecs';
import { codestreamSize } from './codestream.js';
import { dicomError } from './dicom-error.js';
import type { PixelDescription } from './pixel-description.js';
import type { PixelCoding } from './transfer-syntax.js';

type Codecs = typeof import('dcmjs-codecs');
type Decoder = Exclude<keyof typeof NativeCodecs & `decode${string}`, 'decodeJpegXl'>;

const decoders: Record<Exclude<PixelCoding, 'plain'>, Decoder> = {
  rle: 'decodeRle',
  jpeg: 'decodeJpeg',
  'jpeg-ls': 'decodeJpegLs',
  'jpeg-2000': 'decodeJpeg2000',
  htj2k: 'decodeHtJpeg2000',
};

/**
 * Decompresses a frame to its stored samples, little endian, by the C++ decoders of libijg, CharLS, OpenJPEG
 * and OpenJPH that `dcmjs-codecs` brings as WebAssembly.
 *
 * @throws ChromarayError `CHROMARAY_DICOM_CORRUPT`, or `_COLOUR` when the codestream has several components
 */
export async function decompress(
  name: string,
  coding: Exclude<PixelCoding, 'plain'>,
  frame: Uint8Array,
  pixels: PixelDescription,
): Promise<Uint8Array> {
  if (coding !== 'rle') checkSize(name, frame, pixels);
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
      encodedBuffer: frame,
    });
    const decoded = codecs.NativeCodecs[decoders[coding]](context).getDecodedBuffer();
    if (decoded === undefined) throw new Error('the decoder gave no pixels');
    return decoded;
  } catch (cause) {
    // A decoder that ran into a trap leaves its memory in an unknown state.
    forgetCodecs(codecs);
    throw dicomError('CORRUPT', name, `holds pixels that cannot be decompressed: ${reason(cause)}`, cause);
  }
}

function checkSize(name: string, frame: Uint8Array, { columns, rows }: PixelDescription): void {
  const size = codestreamSize(frame);
  if (size === undefined) throw dicomError('CORRUPT', name, 'holds pixels whose head cannot be read');
  if (size.components !== 1) throw dicomError('COLOUR', name, `holds pixels of ${size.components} components`);
  if (size.width === columns && size.height === rows) return;
  const [told, found] = [`${columns} x ${rows}`, `${size.width} x ${size.height}`];
  throw dicomError('CORRUPT', name, `announces ${told} pixels and holds ${found}`);
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

function forgetCodecs(codecs: Codecs): void {
  loading = undefined;
  codecs.NativeCodecs.release();
}

function reason(cause: unknown): string {
  return (cause as Error).message?.split('\n', 1)[0]?.replace(/\.$/, '') || 'the decoder gave no reason';
}
