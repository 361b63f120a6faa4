import { readFileSync } from 'node:fs';
import { Random } from '@chromaray/base';
import type { Dataset, DatasetRecord, Part, Split } from '@chromaray/contracts';
import { thumbnailSide } from '@chromaray/imaging';
import { memoryDataset } from '@chromaray/testing/dataset';
import { describe, expect, it } from 'vitest';
import { colour } from './checks/colour.js';
import { partSize } from './checks/part-size.js';
import { shortcuts } from './checks/shortcuts.js';
import { notRun } from './not-run.js';
import { measureShortcut } from './shortcut/measure.js';
import { shortcutBaselines } from './shortcut/on-test-part.js';

/** Recorded by test/reference/classes_baseline.py. */
const recorded: {
  readonly sklearn: string;
  readonly labels: readonly number[];
  readonly test: readonly number[];
  readonly pictures: string;
  readonly macro: number;
} = JSON.parse(readFileSync(new URL('../../test/fixtures/classes-baseline.json', import.meta.url), 'utf8'));

const names = ['NORMAL', 'BACTERIA', 'VIRUS'];
const traits: DatasetRecord['traits'] = {
  ...({ format: 'jpeg', channels: 1, bitDepth: 8, quantisation: [20], sampling: '11', progressive: false } as const),
  ...{ profileBytes: 0, metadataBytes: 14 },
};

/** Records of three classes in turn; where nothing is said, their files tell nothing. */
function threeClasses(mark: (label: string, row: number) => Partial<DatasetRecord>, count = 300): Dataset {
  const random = new Random('three classes');
  return memoryDataset(
    Array.from({ length: count }, (_, i) => {
      const label = names[i % 3]!;
      const plain = { traits, bytes: 5000 + random.int(1000), patient: `p${i}`, label };
      return { id: `${i}.jpeg`, positive: label !== 'NORMAL', ...plain, ...mark(label, i) };
    }),
    { positive: 'BACTERIA or VIRUS', negative: 'NORMAL', several: names },
  );
}

const context = (dataset: Dataset, part: (record: DatasetRecord) => Part | null = () => null) =>
  ({ dataset, split: null, part }) as unknown as Parameters<typeof shortcuts.run>[0];

describe('an audit of several classes', () => {
  it('finds what tells two of them apart and not the reference from the others', () => {
    // Virus files are larger, bacteria files smaller: against all but the reference together that is nothing.
    const dataset = threeClasses((label, i) => ({
      bytes: label === 'NORMAL' ? 5000 + ((i * 37) % 3000) : (label === 'VIRUS' ? 6500 : 5000) + ((i * 37) % 1500),
    }));
    expect(measureShortcut('metadata', dataset.records)!.interval.lower).toBeLessThan(0.6);
    const [finding] = shortcuts.run(context(dataset));
    expect(finding).toMatchObject({ id: 'label-from-metadata', severity: 'warns' });
    expect(finding!.title).toMatch(/tells (VIRUS|BACTERIA) from the other classes with AUROC/);
    expect(finding!.evidence).toMatchObject({ class: expect.stringMatching(/VIRUS|BACTERIA/) });
  });

  it('finds nothing where files tell nothing', () => {
    expect(shortcuts.run(context(threeClasses(() => ({}))))).toEqual([]);
  });

  it('finds colour that goes with one of them, and says with which', () => {
    const marked = threeClasses((label, i) => ({ colour: label === 'VIRUS' && i % 2 === 0 }));
    const [finding] = colour.run(context(marked));
    expect(finding).toMatchObject({ severity: 'warns', evidence: { class: 'VIRUS', negativeShare: 0 } });
    expect(finding!.reason).toContain('50.0 % of VIRUS, 0.0 % of the other classes');
    const even = threeClasses((_, i) => ({ colour: i % 30 < 3 }));
    expect(colour.run(context(even))[0]!.severity).toBe('notes');
  });

  it('stops a study in whose test part one of them is missing, though positives and negatives are there', () => {
    const dataset = threeClasses(() => ({}));
    const part = ({ id, label }: DatasetRecord): Part => {
      const number = Number.parseInt(id, 10);
      if (number % 5 === 0) return label === 'VIRUS' ? 'train' : 'test';
      return number % 7 === 0 ? 'validation' : 'train';
    };
    const found = partSize.run(context(dataset, part));
    expect(found.filter(({ severity }) => severity === 'blocks')).toMatchObject([
      { id: 'part-lacks-class', title: 'The test part holds no record of VIRUS' },
    ]);
  });

  it('measures a part by its rarest class', () => {
    // 300 of each side, but 12 of one class.
    const rare = memoryDataset(
      Array.from({ length: 900 }, (_, i) => {
        const label = i % 2 === 0 ? 'NORMAL' : i % 75 === 1 ? 'VIRUS' : 'BACTERIA';
        return { id: `${i}`, positive: label !== 'NORMAL', label, patient: `p${i}` };
      }),
      { positive: 'BACTERIA or VIRUS', negative: 'NORMAL', several: names },
    );
    const [finding] = partSize.run(context(rare, () => 'test')).filter(({ id }) => id === 'test-too-small');
    expect(finding!.title).toBe('The test part has only 450 NORMAL, 444 BACTERIA and 6 VIRUS');
    const two = { ...rare };
    delete (two as { several?: unknown }).several;
    expect(partSize.run(context(two, () => 'test')).map(({ id }) => id)).not.toContain('test-too-small');
  });

  it('says that shortcuts could not be looked for where one of them has few patients', () => {
    const few = threeClasses((label, i) => ({ patient: label === 'VIRUS' ? `v${i % 4}` : `p${i}` }));
    const reasons = notRun(context(few) as Parameters<typeof notRun>[0]).map(({ check }) => check);
    expect(reasons).toContain('label-shortcuts');
    expect(
      notRun(context(threeClasses(() => ({}))) as Parameters<typeof notRun>[0]).map(({ check }) => check),
    ).not.toContain('label-shortcuts');
  });
});

describe(`the classifier on 16 by 16 pixels of several classes, against scikit-learn ${recorded.sklearn}`, () => {
  const cells = Buffer.from(recorded.pictures, 'base64');
  const thumbnail = (row: number): Uint8Array =>
    Uint8Array.from({ length: thumbnailSide ** 2 }, (_, at) => {
      const [x, y] = [at % thumbnailSide, Math.floor(at / thumbnailSide)];
      return cells[row * 144 + Math.floor(y / 4) * 12 + Math.floor(x / 4)]!;
    });
  const brightness = { mean: 128, deviation: 50, low: 10, high: 240 };
  const dataset = threeClasses((_, row) => {
    const label = names[recorded.labels[row]!]!;
    const fingerprint = { thumbnail: thumbnail(row), brightness, content: null, landmarks: new Uint8Array() };
    return { label, positive: label !== 'NORMAL', fingerprint };
  }, recorded.labels.length);
  const part = new Map(
    dataset.records.map(({ id }) => [id, recorded.test[Number.parseInt(id, 10)] === 1 ? 'test' : 'train']),
  );

  it('has its macro AUROC on the test part', () => {
    const found = shortcutBaselines(dataset, { part } as unknown as Split).find(({ view }) => view === 'thumbnail')!;
    expect(found.macro!.auroc).toBeCloseTo(recorded.macro, 9);
    expect(found.macro!.interval[0]).toBeLessThan(recorded.macro);
  });
});
