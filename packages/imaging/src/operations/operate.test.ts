import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeGray } from '../decode/decode.js';
import { encodePng } from '../encode/encode.js';
import { toRgb } from '../luma.js';
import { grayPicture } from '../testing/pictures.test-support.js';
import { operateAtFullSize, operateToSize } from './operate.js';
import { checkOperations, type ImageOperations } from './options.js';

/** Made by test/reference/operations.py: OpenCV, SciPy and Pillow. */
const reference = JSON.parse(
  readFileSync(new URL('../../test/fixtures/operations.json', import.meta.url), 'utf8'),
) as Reference;
interface Reference {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly number[];
  readonly crops: readonly (Required<ImageOperations>['crop'] & Expected & { width: number; height: number })[];
  readonly inverted: readonly number[];
  readonly clahe: readonly (Expected & { clip: number; tiles: number })[];
  readonly bits: readonly (Expected & { bits: number })[];
  readonly jpeg: readonly (Expected & { quality: number })[];
  readonly blur: readonly (Expected & { deviation: number })[];
  readonly pads: readonly Readonly<
    Record<'fromWidth' | 'fromHeight' | 'side' | 'left' | 'top' | 'right' | 'bottom', number>
  >[];
}
interface Expected {
  readonly expected: readonly number[];
}

const { width, height } = reference;
const picture = { width, height, channels: 1, data: Uint8Array.from(reference.pixels) } as const;
const samples = async (operations: ImageOperations) => [...(await operateAtFullSize(picture, operations)).data];

describe('operations at full size', () => {
  it.each(reference.crops)('crop as Pillow does: $left $right $top $bottom', async ({ expected, ...crop }) => {
    const found = await operateAtFullSize(picture, { crop });
    expect([found.width, found.height]).toEqual([crop.width, crop.height]);
    expect([...found.data]).toEqual(expected);
  });

  it('invert as Pillow does', async () => {
    expect(await samples({ invert: true })).toEqual(reference.inverted);
  });

  it.each(reference.clahe)('equalise as OpenCV does: clip $clip, $tiles tiles', async ({ expected, ...clahe }) => {
    // OpenCV weighs tiles in single precision: where a weighted mean lies half way, it may round to the other side.
    const off = (await samples({ clahe })).map((value, i) => Math.abs(value - expected[i]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
    expect(off.filter((by) => by > 0).length).toBeLessThan(0.02 * expected.length);
  });

  it.each(reference.bits)('keep $bits bits', async ({ bits, expected }) => {
    const found = await samples({ bits });
    expect(found).toEqual(expected);
    expect(new Set(found).size).toBeLessThanOrEqual(2 ** bits);
  });

  it.each(reference.jpeg)('store as Pillow’s JPEG of quality $quality', async ({ quality, expected }) => {
    const found = await samples({ jpeg: quality });
    expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThanOrEqual(1);
  });

  it('follow one another in the order that is documented', async () => {
    const operations = { crop: reference.crops[0]!, invert: true, clahe: { clip: 3, tiles: 4 }, bits: 3, jpeg: 40 };
    let step = await operateAtFullSize(picture, { crop: operations.crop });
    for (const key of ['invert', 'clahe', 'bits', 'jpeg'] as const) {
      step = await operateAtFullSize(step, { [key]: operations[key] });
    }
    expect((await operateAtFullSize(picture, operations)).data).toEqual(step.data);
    // Inversion and CLAHE do not commute, so the order is a fact and not a matter of taste.
    const other = await operateAtFullSize(await operateAtFullSize(picture, { clahe: operations.clahe }), {
      invert: true,
    });
    expect(other.data).not.toEqual((await operateAtFullSize(picture, { invert: true, clahe: operations.clahe })).data);
  });

  it('leave a picture alone without any', async () => {
    expect(await samples({})).toEqual(reference.pixels);
    expect(await samples({ bits: 8 })).toEqual(reference.pixels);
  });
});

describe('operations that know the size', () => {
  it.each(reference.blur)('blur as SciPy does: $deviation pixels', ({ deviation, expected }) => {
    const found = operateToSize(picture, picture, { blur: deviation });
    expect([...found.data]).toEqual(expected);
    const rgb = operateToSize(toRgb(picture), picture, { blur: deviation });
    expect(rgb.data).toEqual(toRgb({ ...picture, data: found.data }).data);
  });

  it.each(reference.pads)('place a picture as Pillow’s pad: $fromWidth x $fromHeight on $side', (place) => {
    const { fromWidth, fromHeight, side } = place;
    const white = { width: fromWidth, height: fromHeight, data: new Uint8Array(fromWidth * fromHeight).fill(255) };
    const { data } = operateToSize(white, side, { fit: 'letterbox' });
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const inside = x >= place.left && x < place.right && y >= place.top && y < place.bottom;
        expect(data[y * side + x]).toBe(inside ? 255 : 0);
      }
    }
  });
});

it('decodeGray gives what the operations give one after the other', async () => {
  const file = await encodePng(grayPicture(40, 30, 3));
  const operations = { crop: reference.crops[0]!, bits: 4, fit: 'letterbox', blur: 0.7 } as const;
  const full = await operateAtFullSize(await decodeGray(file), operations);
  const { data } = operateToSize(full, 16, operations);
  expect((await decodeGray(file, { size: 16, operations })).data).toEqual(data);
});

it('a DICOM contrast is refused for a picture that has no other than its own', async () => {
  const file = await encodePng(grayPicture(8, 8, 3));
  await expect(decodeGray(file, { operations: { window: 'full' } })).rejects.toMatchObject({
    code: 'CHROMARAY_IMAGE_UNSUPPORTED',
  });
});

it.each<ImageOperations>([
  { crop: { left: 0.5, right: 0, top: 0, bottom: 0 } },
  { bits: 0 },
  { bits: 2.5 },
  { jpeg: 0 },
  { clahe: { clip: 0.5, tiles: 8 } },
  { clahe: { clip: 2, tiles: 0 } },
  { blur: Number.NaN },
])('a number out of its range is refused: %j', (operations) => {
  expect(() => checkOperations(operations)).toThrow(expect.objectContaining({ code: 'CHROMARAY_IMAGE_OPERATION' }));
});
