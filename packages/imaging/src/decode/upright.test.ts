import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode.js';
import { upright } from './upright.js';

interface Case {
  readonly orientation: number;
  readonly width: number;
  readonly height: number;
  readonly expected: readonly number[];
  /** The stored picture with this orientation in its EXIF block, in hexadecimal. */
  readonly png: string;
}

const file = path.join(import.meta.dirname, '../../test/fixtures/orientation.json');
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] };

describe('upright', () => {
  it.each(cases)('turns orientation $orientation as Pillow does', async ({ orientation, png, ...turned }) => {
    const stored = await decodeImage(Buffer.from(png, 'hex'));
    expect(stored).toMatchObject({ width: 3, height: 2, orientation });
    const { width, height, data } = upright(stored, stored.orientation);
    expect({ width, height, expected: [...data] }).toEqual(turned);
  });

  it('turns pictures of one channel, and leaves what EXIF does not know', () => {
    const gray = { width: 3, height: 1, channels: 1, data: Uint8Array.of(1, 2, 3) } as const;
    expect(upright(gray, 6)).toEqual({ width: 1, height: 3, channels: 1, data: Uint8Array.of(1, 2, 3) });
    expect(upright(gray, 3).data).toEqual(Uint8Array.of(3, 2, 1));
    for (const unknown of [0, 1, 9]) expect(upright(gray, unknown)).toBe(gray);
  });
});
