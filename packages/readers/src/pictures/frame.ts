import type { Size } from '@chromaray/imaging';

/**
 * A picture as the reading page gets it: raw samples in a frame whose length is the same for all pictures of a study, so
 * that neither a name, nor metadata, nor a length tells which picture it is.
 *
 * | bytes | what |
 * |---|---|
 * | 0-3 | `CRP1` |
 * | 4-5, 6-7 | width, height, little-endian |
 * | 8 | 0: colours by the table; 1: colours as they are |
 * | 16-783 | the table: 256 RGB triples, one for each gray level of the window |
 * | from 784 | gray samples, row after row |
 * | then, in studies with finished colours | RGB samples, row after row |
 * | to the end | zeros |
 */
export const frameHeader = 16;
export const frameTable = 768;
const magic = 'CRP1';

/** What a frame holds. */
export interface FrameContent extends Size {
  readonly gray: Uint8Array;
  /** Of 256 levels. */
  readonly table: Uint8Array;
  /** Finished colours in place of the table's; null where the table colours. */
  readonly rgb: Uint8Array | null;
}

/** Room for every picture of a study. */
export interface FrameRoom {
  /** Pixels of the largest picture. */
  readonly pixels: number;
  /** True where some arm has finished colours. */
  readonly hasRgb: boolean;
}

/** Bytes of every frame of a study. */
export function frameLength({ pixels, hasRgb }: FrameRoom): number {
  return frameHeader + frameTable + pixels * (hasRgb ? 4 : 1);
}

/** One picture in its frame. */
export function encodeFrame({ width, height, gray, table, rgb }: FrameContent, room: FrameRoom): Uint8Array {
  const frame = new Uint8Array(frameLength(room));
  frame.set(Buffer.from(magic, 'latin1'));
  const view = new DataView(frame.buffer);
  view.setUint16(4, width, true);
  view.setUint16(6, height, true);
  view.setUint8(8, rgb === null ? 0 : 1);
  frame.set(table, frameHeader);
  frame.set(gray, frameHeader + frameTable);
  if (rgb !== null) frame.set(rgb, frameHeader + frameTable + gray.length);
  return frame;
}
