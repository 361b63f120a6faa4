import type { Shown } from '@chromaray/viewer';
import { loadFrame } from './server.js';

// The layout of a frame is in packages/readers/src/pictures/frame.ts.
const header = 16;
const tableBytes = 768;

/** A frame as the viewer takes it. Its name says nothing about the picture. */
export function decodeFrame(frame: ArrayBuffer): Shown {
  const view = new DataView(frame);
  const [width, height] = [view.getUint16(4, true), view.getUint16(6, true)];
  const table = new Uint8Array(frame, header, tableBytes);
  const start = header + tableBytes;
  const data = new Uint8Array(frame, start, width * height);
  const gray = { width, height, bits: 8, data };
  const name = 'X-ray';
  if (view.getUint8(8) === 1) {
    const rgb = new Uint8Array(frame, start + data.length, 3 * data.length);
    return { gray, name, colour: { width, height, rgb } };
  }
  return { gray, name, colour: { table } };
}

/** Pictures by name: the next one is loaded while the one before is read. */
export class Frames {
  private readonly loading = new Map<string, Promise<Shown>>();

  load(picture: string): Promise<Shown> {
    const known = this.loading.get(picture);
    if (known !== undefined) return known;
    const loaded = loadFrame(picture).then(decodeFrame);
    // What failed is asked for again next time.
    loaded.catch(() => this.loading.delete(picture));
    this.loading.set(picture, loaded);
    return loaded;
  }

  /** Forgets all but these. */
  keep(pictures: readonly (string | null | undefined)[]): void {
    for (const name of this.loading.keys()) if (!pictures.includes(name)) this.loading.delete(name);
  }
}
