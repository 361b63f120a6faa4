import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeJpeg, encodePng } from '../encode/encode.js';
import { grayPicture } from '../testing/pictures.test-support.js';
import { identity } from './affine.js';
import { AlignmentTarget } from './align.js';
import { measureBrightness } from './brightness.js';
import { coefficientCount, frequencies, lowFrequencies, mirrored } from './cosines.js';
import { detail } from './detail.js';
import { readFileTraits } from './file-traits.js';
import { fingerprint, thumbnailSide } from './fingerprint.js';
import { maskedCorrelation } from './masked-correlation.js';
import { hammingDistance, hashWords, nearInBeginning, PerceptualHasher } from './perceptual-hash.js';
import { SignatureComparer, signature } from './signature.js';

/** A smooth picture of some waves, drawn through a map of the plane so that movements need no resampling. */
function waves(seed: number, side: number, move = (x: number, y: number) => [x, y] as const): Float64Array {
  return Float64Array.from({ length: side * side }, (_, i) => {
    const [x, y] = move(((i % side) + 0.5) / (side / 2) - 1, (Math.floor(i / side) + 0.5) / (side / 2) - 1);
    let value = 128;
    for (let k = 1; k <= 6; k++) {
      value += 18 * Math.sin(seed * k * 1.7 + x * (k % 4) * 3.1 + y * ((k * seed) % 5) * 2.3 + k);
    }
    return value;
  });
}

describe('lowFrequencies', () => {
  it('is the orthonormal type II transform: a cosine of the grid gives one coefficient', () => {
    const [u, v, side] = [3, 2, 16];
    const wave = (k: number, n: number) => Math.cos((Math.PI * k * (2 * n + 1)) / (2 * side));
    const samples = Float64Array.from(
      { length: side * side },
      (_, i) => wave(u, i % side) * wave(v, Math.floor(i / side)),
    );
    const result = lowFrequencies(samples, side);
    expect(result).toHaveLength(coefficientCount);
    result.forEach((value, i) => {
      expect(value).toBeCloseTo(i === v * frequencies + u - 1 ? side / 2 : 0, 9);
    });
  });

  it('mirrors as the picture does', () => {
    const samples = waves(2, 24);
    const flipped = samples.map((_, i) => samples[i - (i % 24) + 23 - (i % 24)]!);
    const [expected, found] = [lowFrequencies(flipped, 24), mirrored(lowFrequencies(samples, 24))];
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 6);
    });
  });
});

describe('PerceptualHasher', () => {
  it('divides the pictures at hand by every bit, and counts fifths between two of them', () => {
    const pictures = Array.from({ length: 100 }, (_, i) => new Float64Array(coefficientCount).fill(i));
    const hasher = new PerceptualHasher(pictures);
    const hashes = new Int32Array(pictures.length * hashWords);
    for (const [i, picture] of pictures.entries()) hasher.hash(picture, hashes, i * hashWords);
    const distance = (a: number, b: number) => hammingDistance(hashes, a * hashWords, hashes, b * hashWords);
    expect(distance(5, 5)).toBe(0);
    expect(distance(5, 30)).toBe(coefficientCount);
    expect(distance(0, 99)).toBe(4 * coefficientCount);
    // The first 96 bits are four of each of 24 coefficients: a fifth further is 24 bits more.
    const found = new Int32Array(pictures.length);
    const count = nearInBeginning(hashes, 0, hashes, 80, 24, found);
    expect([...found.subarray(0, count)]).toEqual(Array.from({ length: 41 }, (_, i) => i));
  });

  it('counts differing bits', () => {
    const words = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const bits = (word: number) => (word >>> 0).toString(2).replaceAll('0', '').length;
        const expected = a.reduce((sum, word, i) => sum + bits(word ^ b[i]!), 0);
        expect(hammingDistance(Int32Array.from(a), 0, Int32Array.from(b), 0)).toBe(expected);
      }),
    );
  });
});

describe('SignatureComparer', () => {
  it('explains a shift, a stretch and a turn, but not another picture', () => {
    const side = 48;
    const originals = Array.from({ length: 40 }, (_, seed) => waves(seed + 1, side));
    const moved = originals.map((_, seed) =>
      waves(seed + 1, side, (x, y) => [0.97 * x - 0.03 * y + 0.02, 0.03 * x + 0.97 * y - 0.02]),
    );
    const signatures = [...originals, ...moved].map((picture) => signature(picture, side));
    const comparer = new SignatureComparer(signatures.map(({ coefficients }) => coefficients));
    const standardised = signatures.flatMap(({ coefficients }) => [...comparer.standardise(coefficients)]);
    const movements = signatures.flatMap((picture) => [...comparer.movements(picture)]);
    const residual = (a: number, b: number) =>
      SignatureComparer.residual(
        Float64Array.from(standardised),
        a,
        Float64Array.from(movements),
        Float64Array.from(standardised),
        b,
      );
    expect(residual(3, 3)).toBe(0);
    const copies = originals.map((_, i) => residual(i, i + 40)).sort((a, b) => a - b);
    const others = originals.map((_, i) => residual(i, ((i + 7) % 40) + 40)).sort((a, b) => a - b);
    expect(copies[38]).toBeLessThan(0.15);
    expect(others[1]).toBeGreaterThan(0.2);
  });
});

describe('AlignmentTarget', () => {
  it('finds how a picture was moved, at any brightness and contrast', () => {
    const side = 48;
    const [a, b, c, d, e, f] = [0.96, 0.03, 0.03, -0.02, 1.02, -0.02];
    const fixed = Float32Array.from(waves(4, side, (x, y) => [a * x + b * y + c, d * x + e * y + f]));
    const moving = Float32Array.from(waves(4, side), (value) => 20 + 0.6 * value);
    const { correlation, map } = new AlignmentTarget(fixed, side).align(moving, identity, 20);
    expect(correlation).toBeGreaterThan(0.999);
    [a, b, c, d, e, f].forEach((value, i) => {
      expect(map[i]).toBeCloseTo(value, 2);
    });
  });

  it('gives 0 for pictures without contrast', () => {
    const flat = new Float32Array(24 * 24).fill(7);
    expect(new AlignmentTarget(flat, 24).align(flat, identity, 5)).toEqual({ correlation: 0, map: identity });
  });
});

describe('detail', () => {
  it('takes broad shading away and keeps edges', () => {
    const side = 24;
    const ramp = Float64Array.from({ length: side * side }, (_, i) => 5 * (i % side));
    const edged = ramp.map((value, i) => value + (i % side === 12 ? 60 : 0));
    const [plain, kept] = [detail(ramp, side, 3), detail(edged, side, 3)];
    expect(Math.abs(plain[12 * side + 12]!)).toBeLessThan(1e-6);
    expect(kept[12 * side + 12]).toBeGreaterThan(1.5);
  });
});

describe('fingerprint', () => {
  it('keeps a small gray picture and its brightness', () => {
    const data = Uint8Array.from({ length: 200 * 100 }, (_, i) => (i % 200 < 100 ? 10 : 210));
    const { thumbnail, brightness } = fingerprint({ width: 200, height: 100, data });
    expect(thumbnail).toHaveLength(thumbnailSide ** 2);
    expect([thumbnail[0], thumbnail[thumbnailSide - 1]]).toEqual([10, 210]);
    expect(brightness).toEqual({ mean: 110, deviation: 100, low: 10, high: 210 });
  });

  it('measures brightness by quantiles that a few pixels do not move', () => {
    const samples = new Uint8Array(1000).fill(50);
    samples.fill(255, 0, 5);
    expect(measureBrightness(samples)).toMatchObject({ low: 50, high: 50 });
  });
});

describe('readFileTraits', () => {
  it('reads the tables of a JPEG, which follow its quality', async () => {
    const [fine, coarse] = await Promise.all([95, 40].map((quality) => encodeJpeg(grayPicture(32, 32), quality)));
    const [a, b] = [readFileTraits(fine!), readFileTraits(coarse!)];
    expect(a).toMatchObject({
      format: 'jpeg',
      channels: 1,
      bitDepth: 8,
      progressive: false,
      sampling: '11',
      profileBytes: 0,
    });
    // Annex K of ITU-T T.81: its luminance table sums to 3688, scaled by 1.25 at quality 40 and 0.1 at 95 (libjpeg).
    expect(b.quantisation[0]! / a.quantisation[0]!).toBeGreaterThan(8);
    expect(b.quantisation[0]).toBeCloseTo((3688 * 1.25) / 64, 0);
  });

  it('reads a PNG, and takes anything else for DICOM', async () => {
    expect(readFileTraits(await encodePng(grayPicture(8, 8)))).toMatchObject({
      format: 'png',
      channels: 1,
      bitDepth: 8,
    });
    expect(readFileTraits(new Uint8Array(200))).toMatchObject({ format: 'dicom', quantisation: [] });
  });

  it('never fails, with any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, png) => {
        const head = png ? [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Uint8Array(21)] : [0xff, 0xd8];
        expect(readFileTraits(Uint8Array.of(...head, ...bytes)).format).toBe(png ? 'png' : 'jpeg');
      }),
    );
  });
});

describe('maskedCorrelation', () => {
  const side = 48;
  const picture = waves(5, side);
  /** White above the line from (reach, 0) to (0, reach). */
  const withCorner = (reach: number) =>
    picture.map((value, i) => ((i % side) + Math.floor(i / side) < reach ? 255 : value));

  it('leaves out a corner that is filled, as where a picture was turned', () => {
    expect(maskedCorrelation(picture, withCorner(20), identity, side, 3)).toBeCloseTo(1, 6);
    expect(maskedCorrelation(withCorner(20), picture, identity, side, 3)).toBeCloseTo(1, 6);
  });

  it('counts what is white when it is much of the picture', () => {
    expect(maskedCorrelation(picture, withCorner(60), identity, side, 3)).toBeLessThan(0.9);
  });
});
