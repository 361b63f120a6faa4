import { dicomError } from './dicom-error.js';

/** Offsets of 15 segments and their number, 4 bytes each. Source: DICOM PS3.5 2025, G.5. */
const headerLength = 64;

/**
 * Bits of a decoded sample's container: each segment of an RLE frame holds one byte of every sample.
 *
 * @throws ChromarayError `CHROMARAY_DICOM_CORRUPT` for a header that is none; `_UNSUPPORTED` for more than 16 bits
 */
export function rleContainer(name: string, frame: Uint8Array): 8 | 16 {
  const segments = frame.length < headerLength ? 0 : viewOf(frame).getUint32(0, true);
  if (segments < 1 || segments > 15) throw dicomError('CORRUPT', name, 'holds pixels whose head cannot be read');
  if (segments > 2) throw dicomError('UNSUPPORTED', name, `holds RLE samples of ${segments} bytes`);
  return segments === 1 ? 8 : 16;
}

/**
 * Unpacks an RLE frame of one component to little-endian samples: the first segment holds their highest bytes. Bytes
 * are packed as runs (PackBits).
 *
 * Source: DICOM PS3.5 2025, G.3 and G.4.
 *
 * @throws ChromarayError `CHROMARAY_DICOM_TRUNCATED` when a segment holds fewer bytes than there are samples;
 *   `_CORRUPT`, `_UNSUPPORTED` as {@link rleContainer}
 */
export function decodeRle(name: string, frame: Uint8Array, samples: number): Uint8Array {
  const width = rleContainer(name, frame) / 8;
  const result = new Uint8Array(samples * width);
  const view = viewOf(frame);
  for (let segment = 0; segment < width; segment++) {
    const start = view.getUint32(4 + 4 * segment, true);
    const end = segment + 1 < width ? view.getUint32(8 + 4 * segment, true) : frame.length;
    if (start < headerLength || end < start) throw dicomError('CORRUPT', name, 'holds RLE segments out of order');
    const unpacked = unpack(frame.subarray(start, end), result, width - 1 - segment, width);
    if (unpacked < samples) {
      throw dicomError('TRUNCATED', name, `holds ${unpacked} of ${samples} samples in an RLE segment`);
    }
  }
  return result;
}

/** Writes a segment to every `step`th byte from `at` on; returns how many bytes it had, at most those wanted. */
function unpack(segment: Uint8Array, result: Uint8Array, at: number, step: number): number {
  const wanted = result.length / step;
  let done = 0;
  for (let i = 0; i + 1 < segment.length && done < wanted; ) {
    const control = segment[i]!;
    i += 1;
    if (control === 128) continue;
    const isRun = control > 128;
    const count = Math.min(isRun ? 257 - control : control + 1, wanted - done, isRun ? wanted : segment.length - i);
    for (let k = 0; k < count; k++) result[at + step * (done + k)] = segment[isRun ? i : i + k]!;
    done += count;
    i += isRun ? 1 : control + 1;
  }
  return done;
}

/** True for bytes that begin with the header of an RLE frame as the standard wants it. */
export function startsRleFrame(bytes: Uint8Array): boolean {
  if (bytes.length < headerLength) return false;
  const view = viewOf(bytes);
  const count = view.getUint32(0, true);
  const offsets = Array.from({ length: 15 }, (_, i) => view.getUint32(4 + 4 * i, true));
  if (count < 1 || count > 15 || offsets[0] !== headerLength) return false;
  return offsets.every((offset, i) => (i >= count ? offset === 0 : i === 0 || offset > offsets[i - 1]!));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
