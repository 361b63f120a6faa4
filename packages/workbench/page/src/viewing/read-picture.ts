import type { Colouring, GrayPicture } from '@chromaray/viewer';
import type { PictureHeader } from '../../../src/pictures/picture-answer.js';
import { AskError, apiAddress, type Fault } from '../api/client.js';

/** Raw pixels and what the server says of them. */
export interface RawPicture {
  readonly header: PictureHeader;
  readonly data: Uint8Array | Uint16Array;
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Reads an answer with the header `Chromaray-Picture`. @throws AskError */
export async function readPicture(path: string, query: Query, signal: AbortSignal): Promise<RawPicture> {
  const answer = await fetch(apiAddress(path, query), { signal });
  if (!answer.ok) throw new AskError((await answer.json()) as Fault);
  const header = JSON.parse(decodeURIComponent(answer.headers.get('Chromaray-Picture')!)) as PictureHeader;
  const bytes = await answer.arrayBuffer();
  return { header, data: header.bits > 8 ? new Uint16Array(bytes) : new Uint8Array(bytes) };
}

/** As the viewer takes a gray picture. Of one in colour, each pixel is its luma (BT.601), rounded. */
export function grayOf({ header, data }: RawPicture): GrayPicture {
  const { width, height, bits, window } = header;
  const gray = header.channels === 1 ? data : lumaOf(data as Uint8Array);
  return { width, height, bits, data: gray, ...(window && { presets: [{ name: 'Of the file', window }] }) };
}

/** As the viewer takes colours; gray on one channel has none. */
export function colourOf({ header, data }: RawPicture): Colouring | undefined {
  const { width, height, channels } = header;
  return channels === 3 ? { width, height, rgb: data as Uint8Array } : undefined;
}

function lumaOf(rgb: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: rgb.length / 3 }, (_, i) =>
    Math.floor((299 * rgb[3 * i]! + 587 * rgb[3 * i + 1]! + 114 * rgb[3 * i + 2]! + 500) / 1000),
  );
}
