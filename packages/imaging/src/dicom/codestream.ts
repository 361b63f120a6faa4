/** What the head of a compressed picture says about its size. */
export interface CodestreamSize {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

/**
 * Reads a codestream's own size without decoding it, to compare with what the data set says: a decoder
 * believes the codestream, and one that claims 60,000 x 60,000 pixels would fill the memory.
 *
 * Sources: ITU-T T.81, B.2.2 (JPEG); T.87, C.2.2 (JPEG-LS); T.800, A.5.1 (JPEG 2000, also high-throughput).
 *
 * @returns undefined when the head is not that of a codestream
 */
export function codestreamSize(bytes: Uint8Array): CodestreamSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegSize(view) : jpeg2000Size(view);
}

function jpegSize(view: DataView): CodestreamSize | undefined {
  for (let at = 2; at + 10 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === 0xf7;
    if (isFrame) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components: view.getUint8(at + 9) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** The boxes of a JP2 file may stand before the codestream, though DICOM forbids them. */
const longestBoxes = 4096;

function jpeg2000Size(view: DataView): CodestreamSize | undefined {
  const last = Math.min(view.byteLength - 42, longestBoxes);
  for (let at = 0; at <= last; at++) {
    if (view.getUint32(at) !== 0xff4fff51) continue;
    return {
      width: view.getUint32(at + 8) - view.getUint32(at + 16),
      height: view.getUint32(at + 12) - view.getUint32(at + 20),
      components: view.getUint16(at + 40),
    };
  }
  return undefined;
}
