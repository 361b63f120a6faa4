import { Random } from '@chromaray/base';
import {
  drawAnatomy,
  drawExposure,
  drawPathology,
  fingerprint,
  type GrayImage,
  renderPhantom,
} from '@chromaray/imaging';
import { describe, expect, it } from 'vitest';
import { comparable, PictureComparer } from './compare-pictures.js';
import { leastCorrelationMovedBack } from './limits.js';

const side = 224;
const degrees = 10;
const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];

function chest(seed: number): GrayImage {
  const random = new Random(seed);
  const anatomy = drawAnatomy(random.fork('anatomy'));
  const pathology = drawPathology('bacteria', 0.3, anatomy, random.fork('pathology'));
  return renderPhantom(anatomy, pathology, drawExposure(random.fork('exposure')), side, random.fork('noise'));
}

/** About the middle, each sample a mixture of its four neighbours, as editors turn pictures; corners are white. */
function turned({ data }: GrayImage): GrayImage {
  const middle = (side - 1) / 2;
  const result = Uint8Array.from(data, (_, i) => {
    const [dx, dy] = [(i % side) - middle, Math.floor(i / side) - middle];
    const [x, y] = [middle + cos * dx - sin * dy, middle + sin * dx + cos * dy];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    if (left < 0 || top < 0 || left + 1 >= side || top + 1 >= side) return 255;
    const at = top * side + left;
    const upper = data[at]! + (x - left) * (data[at + 1]! - data[at]!);
    const lower = data[at + side]! + (x - left) * (data[at + side + 1]! - data[at + side]!);
    return Math.round(upper + (y - top) * (lower - upper));
  });
  return { width: side, height: side, data: result };
}

describe('a copy that was turned', () => {
  const pictures = [2, 3, 6, 8].map((seed) => {
    const original = chest(seed);
    return {
      original: comparable(fingerprint(original).thumbnail),
      copy: comparable(fingerprint(turned(original)).thumbnail),
    };
  });

  it('agrees with its original, whichever of the two is moved', () => {
    // Landmarks tell a map only nearly, and a map that shrinks ever so little decides which picture is moved.
    const [c, s] = [0.99 * cos, 0.99 * sin];
    for (const { original, copy } of pictures) {
      const originalMoved = new PictureComparer(copy).compareFrom(original, [c, -s, 0, s, c, 0]);
      const copyMoved = new PictureComparer(original).compareFrom(copy, [c, s, 0, -s, c, 0]);
      expect(originalMoved.correlation).toBeGreaterThan(leastCorrelationMovedBack);
      expect(copyMoved.correlation).toBeGreaterThan(leastCorrelationMovedBack);
    }
  });

  it('does not agree with another exposure', () => {
    const toOriginal = [cos, -sin, 0, sin, cos, 0] as const;
    for (const [i, { copy }] of pictures.entries()) {
      const { original } = pictures[(i + 1) % pictures.length]!;
      expect(new PictureComparer(copy).compareFrom(original, toOriginal).correlation).toBeLessThan(0.8);
    }
  });
});
