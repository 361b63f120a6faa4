import { Random } from '@chromaray/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawAnatomy, drawExposure, drawPathology, type PathologyKind, renderPhantom } from './index.js';

const size = 48;
const kinds: readonly PathologyKind[] = ['normal', 'bacteria', 'virus'];

function picture(seed: number, kind: PathologyKind, subtlety: number): Uint8Array {
  const random = new Random(seed);
  const anatomy = drawAnatomy(random.fork('anatomy'));
  const pathology = drawPathology(kind, subtlety, anatomy, random.fork('pathology'));
  const exposure = drawExposure(random.fork('exposure'));
  return renderPhantom(anatomy, pathology, exposure, size, random.fork('noise')).data;
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

function regionMean(pixels: Uint8Array, x0: number, x1: number, y0: number, y1: number): number {
  let sum = 0;
  let count = 0;
  for (let y = Math.round(y0 * size); y < y1 * size; y++) {
    for (let x = Math.round(x0 * size); x < x1 * size; x++, count++) sum += pixels[y * size + x]!;
  }
  return sum / count;
}

describe('renderPhantom', () => {
  it('gives the same bytes for the same seed and others for another', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...kinds), fc.double({ min: 0, max: 1, noNaN: true }), (seed, kind, s) => {
        expect(picture(seed, kind, s)).toEqual(picture(seed, kind, s));
        expect(meanDifference(picture(seed, kind, s), picture(seed + 1, kind, s))).toBeGreaterThan(1);
      }),
      { numRuns: 15 },
    );
  });

  it('moves fewer pixels the subtler the disease, and none when it is invisible', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('bacteria' as const, 'virus' as const), (seed, kind) => {
        const healthy = picture(seed, 'normal', 0);
        const [obvious, middling, faint, none] = [0, 0.4, 0.8, 1].map((subtlety) =>
          meanDifference(picture(seed, kind, subtlety), healthy),
        );
        expect(obvious!).toBeGreaterThan(middling!);
        expect(middling!).toBeGreaterThan(faint!);
        expect(faint!).toBeGreaterThan(0);
        expect(none).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  it('shares the anatomy among pictures of one patient', () => {
    const correlations = { same: 0, other: 0 };
    const patients = 12;
    for (let p = 0; p < patients; p++) {
      const random = new Random(p);
      const anatomy = drawAnatomy(random.fork('a'));
      const healthy = drawPathology('normal', 0, anatomy, random);
      const still = { ...drawExposure(random.fork('e')), marker: undefined, collimation: [0, 0, 0, 0] as const };
      const shot = (who: typeof anatomy, noise: string) =>
        renderPhantom(who, healthy, still, size, random.fork(noise)).data;
      const first = shot(anatomy, 'first');
      correlations.same += meanDifference(first, shot(anatomy, 'second')) / patients;
      correlations.other += meanDifference(first, shot(drawAnatomy(random.fork('b')), 'third')) / patients;
    }
    expect(correlations.same).toBeLessThan(0.6 * correlations.other);
  });

  it('shows dark lungs beside a bright mediastinum above a bright abdomen, the heart to the right of the picture', () => {
    let heartSide = 0;
    for (let seed = 0; seed < 20; seed++) {
      const pixels = picture(seed, 'normal', 0);
      const lungs = (regionMean(pixels, 0.22, 0.36, 0.4, 0.6) + regionMean(pixels, 0.68, 0.8, 0.35, 0.5)) / 2;
      expect(regionMean(pixels, 0.47, 0.53, 0.4, 0.6)).toBeGreaterThan(lungs + 25);
      expect(regionMean(pixels, 0.35, 0.65, 0.86, 0.92)).toBeGreaterThan(lungs + 25);
      heartSide += regionMean(pixels, 0.58, 0.66, 0.55, 0.68) - regionMean(pixels, 0.34, 0.42, 0.55, 0.68);
    }
    expect(heartSide / 20).toBeGreaterThan(10);
  });

  it('does not give the disease away by its mean brightness', () => {
    const mean = (pixels: Uint8Array) => pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
    const count = 150;
    const healthy = Array.from({ length: count }, (_, i) => mean(picture(i, 'normal', 0)));
    const ill = Array.from({ length: count }, (_, i) => mean(picture(i + count, i % 2 ? 'virus' : 'bacteria', 0.4)));
    let higher = 0;
    for (const a of ill) for (const b of healthy) higher += a > b ? 1 : 0;
    const auroc = higher / count ** 2;
    // Standard error of an AUROC of 0.5 with 150 a side is 0.033.
    expect(Math.abs(auroc - 0.5)).toBeLessThan(0.1);
  });

  it('refuses sizes and subtleties out of range', () => {
    const random = new Random(1);
    const anatomy = drawAnatomy(random);
    const healthy = drawPathology('normal', 0, anatomy, random);
    const exposure = drawExposure(random);
    for (const bad of [0, 15, 64.5, 4096, Number.NaN]) {
      expect(() => renderPhantom(anatomy, healthy, exposure, bad, random)).toThrow(
        expect.objectContaining({ code: 'CHROMARAY_IMAGING_PHANTOM_SIZE' }),
      );
    }
    for (const bad of [-0.1, 1.1, Number.NaN]) {
      expect(() => drawPathology('virus', bad, anatomy, random)).toThrow(
        expect.objectContaining({ code: 'CHROMARAY_IMAGING_PHANTOM_SUBTLETY' }),
      );
    }
  });
});
