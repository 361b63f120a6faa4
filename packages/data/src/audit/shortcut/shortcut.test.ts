import { Random } from '@chromaray/base';
import type { DatasetRecord, Split } from '@chromaray/contracts';
import { auroc } from '@chromaray/evidence';
import { thumbnailSide } from '@chromaray/imaging';
import { memoryDataset } from '@chromaray/testing/dataset';
import { describe, expect, it } from 'vitest';
import { standardised, toFeatures } from './matrix.js';
import { measureShortcut } from './measure.js';
import { shortcutBaselines } from './on-test-part.js';
import { crossValidatedScores } from './ridge.js';

const jpeg = {
  format: 'jpeg',
  channels: 1,
  bitDepth: 8,
  quantisation: [20],
  sampling: '11',
  progressive: false,
  profileBytes: 0,
  metadataBytes: 14,
} as const;
const brightness = { mean: 128, deviation: 50, low: 10, high: 240 };
const noContent = { content: null, landmarks: new Uint8Array() };

/** Records whose pictures are noise, changed by `mark` according to their class. */
function noise(mark: (positive: boolean, random: Random) => Partial<DatasetRecord>, count = 200) {
  const random = new Random('shortcut test');
  return memoryDataset(
    Array.from({ length: count }, (_, i) => {
      const positive = i % 2 === 0;
      const thumbnail = Uint8Array.from({ length: thumbnailSide ** 2 }, () => random.int(256));
      const plain = {
        traits: jpeg,
        bytes: 5000 + random.int(1000),
        fingerprint: { thumbnail, brightness, ...noContent },
      };
      return { id: `${i}.jpeg`, positive, patient: `p${i}`, ...plain, ...mark(positive, random) };
    }),
  ).records;
}

/** White in a rectangle of the thumbnail. */
function painted({ thumbnail }: { thumbnail: Uint8Array }, from: number, to: number): Uint8Array {
  return thumbnail.map((value, at) => {
    const [x, y] = [at % thumbnailSide, Math.floor(at / thumbnailSide)];
    return x >= from && x < to && y >= from && y < to ? 255 : value;
  });
}

describe('measureShortcut', () => {
  it('finds nothing where files and pictures are alike in both classes', () => {
    const records = noise(() => ({}));
    for (const view of ['metadata', 'border', 'thumbnail'] as const) {
      const { auroc: found, interval } = measureShortcut(view, records)!;
      expect(Math.abs(found - 0.5)).toBeLessThan(0.15);
      expect(interval.lower).toBeLessThan(0.55);
    }
  });

  it.each<[string, Partial<DatasetRecord>]>([
    ['file size', { bytes: 7000 }],
    ['width', { width: 80 }],
    ['quantisation tables', { traits: { ...jpeg, quantisation: [35] } }],
    ['colour profile', { traits: { ...jpeg, profileBytes: 540 } }],
    ['file format', { traits: { ...jpeg, format: 'png', quantisation: [], sampling: '' } }],
  ])('finds a class by the %s of its files', (_, mark) => {
    const found = measureShortcut(
      'metadata',
      noise((positive) => (positive ? mark : {})),
    )!;
    expect(found.interval.lower).toBeGreaterThan(0.95);
  });

  it('finds a class of medium file sizes, which no line divides', () => {
    const records = noise((positive, random) => ({
      bytes: positive ? 5500 + random.int(100) : random.int(2) === 0 ? 5000 + random.int(100) : 6000 + random.int(100),
    }));
    expect(measureShortcut('metadata', records)!.auroc).toBeGreaterThan(0.95);
  });

  it('sees a mark at the border from the border, and one in the middle from the thumbnail only', () => {
    const random = new Random('marks');
    const at = (from: number, to: number) =>
      noise((positive) => {
        const thumbnail = Uint8Array.from({ length: thumbnailSide ** 2 }, () => random.int(256));
        return {
          fingerprint: { thumbnail: positive ? painted({ thumbnail }, from, to) : thumbnail, brightness, ...noContent },
        };
      });
    expect(measureShortcut('border', at(0, 4))!.interval.lower).toBeGreaterThan(0.9);
    expect(measureShortcut('border', at(20, 28))!.interval.lower).toBeLessThan(0.6);
    expect(measureShortcut('thumbnail', at(20, 28))!.interval.lower).toBeGreaterThan(0.9);
  });

  it('does not learn patients: their records stay in one fold', () => {
    const random = new Random('patients');
    const sizes = Array.from({ length: 60 }, () => 4000 + random.int(3000));
    const records = memoryDataset(
      Array.from({ length: 600 }, (_, i) => ({
        id: `${i}.jpeg`,
        positive: i % 60 < 30,
        patient: `p${i % 60}`,
        traits: jpeg,
        bytes: sizes[i % 60]!,
      })),
    ).records;
    expect(measureShortcut('metadata', records)!.interval.lower).toBeLessThan(0.6);
  });

  it('gives one half where the view is the same for all, and nothing where it is not known or patients are few', () => {
    const same = noise(() => ({ bytes: 5000 }));
    expect(measureShortcut('metadata', same)).toMatchObject({ auroc: 0.5, features: 0 });
    expect(
      measureShortcut('metadata', memoryDataset([...same].map((r) => ({ ...r, traits: null }))).records),
    ).toBeUndefined();
    expect(measureShortcut('metadata', same.slice(0, 20))).toBeUndefined();
  });
});

describe('shortcutBaselines', () => {
  /** Ids are numbers: every fifth record is tested on, every sixth validates. */
  const splitOf = (records: readonly DatasetRecord[]) => ({
    part: new Map(
      records.map(({ id }) => {
        const number = Number.parseInt(id, 10);
        return [id, number % 5 === 0 ? 'test' : number % 6 === 0 ? 'validation' : 'train'] as const;
      }),
    ),
  });
  const measured = (mark: Parameters<typeof noise>[0]) => {
    const records = noise(mark);
    const dataset = memoryDataset(records);
    return { dataset, found: shortcutBaselines(dataset, splitOf(records) as unknown as Split) };
  };

  it('learn from the training part and are tested on the test part', () => {
    const { dataset, found } = measured((positive) => (positive ? { bytes: 7000 } : {}));
    const parts = [...splitOf(dataset.records).part.values()];
    expect(found.map(({ view }) => view)).toEqual(['metadata', 'border', 'thumbnail']);
    for (const { trained, tested } of found) {
      expect(tested).toBe(parts.filter((part) => part === 'test').length);
      expect(trained).toBe(parts.filter((part) => part === 'train').length);
    }
    expect(found[0]!.interval[0]).toBeGreaterThan(0.85);
    expect(found[1]!.interval[0]).toBeLessThan(0.6);
  });

  it('cannot learn a mark that only the test part has', () => {
    // Marked records of the test part alone: whoever had learned from them would know.
    const records = noise(() => ({ bytes: 5000 })).map((record) =>
      Number.parseInt(record.id, 10) % 5 === 0 && record.positive ? { ...record, width: 80 } : record,
    );
    const dataset = memoryDataset(records);
    const [metadata] = shortcutBaselines(dataset, splitOf(records) as unknown as Split);
    expect(metadata!.auroc).toBe(0.5);
  });

  it('are left out where the test part has too few patients of a class', () => {
    const records = noise(() => ({})).slice(0, 12);
    const part = new Map(
      records.map(({ id, positive }, i) => [id, i < 8 ? 'train' : positive ? 'train' : 'test'] as const),
    );
    expect(shortcutBaselines(memoryDataset(records), { part } as unknown as Split)).toEqual([]);
  });
});

describe('crossValidatedScores', () => {
  it('gives the fold left out what least squares on the others says', () => {
    // y = x on folds 0 and 1 without a ridge: the line through (0, 0) and (1, 1) reaches 2 at x = 2.
    const features = toFeatures([[0], [1], [2]]);
    const scores = crossValidatedScores(features, Uint8Array.of(0, 1, 0), Uint8Array.of(0, 0, 1), 0);
    expect(scores[2]).toBeCloseTo(2, 9);
  });

  it('separates what a line separates', () => {
    const random = new Random('line');
    const rows = Array.from({ length: 100 }, () => [random.normal(), random.normal()]);
    const labels = Uint8Array.from(rows, ([a, b]) => Number(a! - 2 * b! > 0));
    const folds = Uint8Array.from(rows, (_, i) => i % 5);
    expect(auroc(labels, crossValidatedScores(standardised(toFeatures(rows)), labels, folds, 0.01))).toBeGreaterThan(
      0.98,
    );
  });
});
