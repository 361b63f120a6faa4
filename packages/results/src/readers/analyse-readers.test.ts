import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { analyseReaders } from './analyse-readers.js';
import type { ReaderQuestion } from './reader-question.js';
import type { StudyReading } from './study-reading.js';

/** Readings of a study in which each arm shifts positives by so much; readers and cases vary as `noise` says. */
function study(
  shifts: Readonly<Record<string, number>>,
  { cases = 120, readers = 5, noise = 1, seed = 'readers' } = {},
): readonly StudyReading[] {
  const random = new Random(seed);
  const shared = Array.from({ length: cases }, () => random.normal());
  return Object.entries(shifts).flatMap(([treatment, shift]) =>
    Array.from({ length: readers }, (_, j) => {
      const order = random.permutation(cases);
      return Array.from({ length: cases }, (__, k): StudyReading => {
        const truth = (k % 2) as 0 | 1;
        const latent = truth * shift + 0.6 * shared[k]! + noise * 0.6 * random.normal();
        return {
          reader: `r${j}`,
          treatment,
          case: `c${k}`,
          truth,
          rating: Math.max(0, Math.min(100, Math.round(50 + 15 * latent))),
          seconds: 20 * Math.exp(0.2 * random.normal() - 0.001 * order[k]! + (treatment === 'slow' ? 0.3 : 0)),
          session: treatment,
          position: order[k]! + 1,
        };
      });
    }).flat(),
  );
}

const question: ReaderQuestion = {
  study: 's',
  finding: 'pneumonia',
  control: 'gray',
  method: {
    merit: { of: 'auc' },
    covariance: 'jackknife',
    generality: { readers: 'random', cases: 'random' },
  },
  margin: 0.05,
  alpha: 0.05,
  correction: 'holm',
  missing: 'available',
  scale: { least: 0, most: 100 },
  cut: 50,
};
const versions = { chromaray: 'x' };
const analyse = (readings: readonly StudyReading[], changes: Partial<ReaderQuestion> = {}) =>
  analyseReaders(readings, { ...question, ...changes }, { versions });

describe('the verdict of a reader study', () => {
  it.each([
    ['helps', { gray: 0.7, turbo: 1.8 }, 'Readers have a higher AUC for pneumonia with turbo than with gray.'],
    ['harms', { gray: 1.8, turbo: 0.7 }, 'Readers have a lower AUC for pneumonia with turbo than with gray.'],
    [
      'no meaningful difference',
      { gray: 2.4, turbo: 2.4 },
      'The AUC of readers for pneumonia with turbo differs from that with gray by less than the margin of 0.05.',
    ],
  ] as const)('%s', (word, shifts, statement) => {
    const found = analyse(study(shifts));
    expect([found.verdict, found.statement]).toEqual([word, statement]);
    expect(found.comparisons[0]!.verdict).toBe(word);
  });

  it('inconclusive with few cases: the interval holds both 0 and the margin', () => {
    const found = analyse(study({ gray: 1, turbo: 1.1 }, { cases: 24, readers: 3 }));
    expect(found.verdict).toBe('inconclusive');
    expect(found.statement).toMatch(/^The study does not show whether the AUC of readers/);
    expect(found.comparisons[0]!.statement).toContain('minimum detectable difference at 80 % power');
  });

  it('readers at chance show nothing: equal arms are not "no meaningful difference"', () => {
    const found = analyse(study({ gray: 0, turbo: 0 }, { cases: 400 }), { margin: 0.2 });
    expect(found.verdict).toBe('inconclusive');
    expect(found.comparisons[0]!.reason.kind).toBe('at chance elsewhere');
    expect(found.comparisons[0]!.statement).toContain('is not shown to be better than chance');
  });

  it('three arms are corrected by Holm, each with its own word', () => {
    const found = analyse(study({ gray: 0.8, turbo: 1.9, viridis: 0.8 }));
    const [turbo, viridis] = found.comparisons;
    expect(turbo!.pCorrected).toBeCloseTo(2 * turbo!.p, 12);
    expect(turbo!.intervalLevel).toBeCloseTo(0.975, 12);
    expect(viridis!.intervalLevel).toBeCloseTo(0.95, 12);
    expect(found.verdict).toBe('helps');
    expect(found.statement).toContain('with turbo than with gray; ');
    expect(
      analyse(study({ gray: 0.8, turbo: 1.9, viridis: 0.8 }), { correction: 'none' }).comparisons[0]!.pCorrected,
    ).toBe(turbo!.p);
  });

  it('a plan changed after the first reading leaves no valid verdict', () => {
    const protocol = {
      ...{ registered: null, firstReading: null, lastReading: null, planHash: null },
      ...{ amendedAfterReadings: ['the margin was 0.02'], washout: null, trainingCases: null, sessions: null },
      deviations: [],
    };
    const found = analyseReaders(study({ gray: 0.7, turbo: 1.8 }), question, { versions, protocol });
    expect(found.verdict).toBe('invalid');
    expect(found.statement).toMatch(/^No valid verdict: the margin was 0.02. Exploratory: Readers have/);
  });

  it('fixed readers or cases are said', () => {
    const readings = study({ gray: 0.7, turbo: 1.8 });
    const method = (readers: 'random' | 'fixed', cases: 'random' | 'fixed') => ({
      method: { ...question.method, generality: { readers, cases } },
    });
    expect(analyse(readings, method('fixed', 'random')).statement).toContain('for these readers alone');
    expect(analyse(readings, method('random', 'fixed')).statement).toContain('for these cases alone');
    expect(analyse(readings, method('fixed', 'random')).overall!.denominatorDegrees).toBeNull();
  });

  it('sensitivity and specificity at the cut', () => {
    const readings = study({ gray: 0.7, turbo: 1.8 });
    const sensitivity = analyse(readings, { method: { ...question.method, merit: { of: 'sensitivity', cut: 60 } } });
    const right = readings.filter(
      ({ treatment, truth, rating }) => treatment === 'gray' && truth === 1 && rating >= 60,
    );
    expect(sensitivity.arms[0]!.mean).toBeCloseTo(right.length / 300, 12);
    expect(sensitivity.endpoint).toMatchObject({ merit: 'sensitivity', cut: 60 });
    expect(sensitivity.statement).toContain('sensitivity for pneumonia');
  });

  it('refuses a rating outside the scale', () => {
    const readings = study({ gray: 1, turbo: 1 });
    expect(() => analyse(readings, { scale: { least: 0, most: 10 } })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_MRMC_SCALE' }),
    );
  });
});

describe('what stands beside the verdict', () => {
  const readings = study({ gray: 1, slow: 1 });
  const found = analyse(readings);

  it('reading time against the control', () => {
    const [gray, slow] = found.times!;
    expect(gray).toMatchObject({ arm: 'gray', ratio: null, readings: 600 });
    expect(slow!.ratio).toBeCloseTo(Math.exp(0.3), 1);
    expect(slow!.interval![0]).toBeGreaterThan(1);
  });

  it('drift over position', () => {
    expect(found.drift!.time!.value).toBeCloseTo(Math.exp(-0.1), 1);
    expect(found.drift!.time!.interval![1]).toBeLessThan(1);
    expect(found.drift!.right!.interval![0]).toBeLessThan(0);
    expect(found.drift!.right!.interval![1]).toBeGreaterThan(0);
  });

  it('no drift where all readers had one order: it could be the cases', () => {
    const one = readings.map((reading) => ({ ...reading, position: Number(reading.case.slice(1)) + 1 }));
    expect(analyse(one).drift).toBeUndefined();
  });

  it('agreement, without kappa where there is no call', () => {
    expect(found.agreement[0]!.icc).toBeGreaterThan(0.4);
    expect(found.agreement[0]!.kappa).toBeGreaterThan(0.1);
    expect(analyse(readings, { cut: null }).agreement[0]!.kappa).toBeNull();
  });

  it('nothing of what was not recorded', () => {
    const bare = analyse(
      readings.map(({ reader, treatment, case: name, truth, rating }) => ({
        ...{ reader, treatment, truth, rating },
        case: name,
      })),
    );
    expect(Object.keys(bare)).not.toEqual(expect.arrayContaining(['times']));
    expect([bare.times, bare.drift, bare.protocol, bare.networks]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('curves whose area is the reader’s AUC', () => {
    const { roc, value } = found.arms[0]!.perReader[0]!;
    let area = 0;
    for (let i = 1; i < roc.length; i++) area += ((roc[i]![1] + roc[i - 1]![1]) / 2) * (roc[i]![0] - roc[i - 1]![0]);
    expect(area).toBeCloseTo(value, 12);
  });

  it('the order of readings changes nothing', () => {
    const order = new Random(3).permutation(readings.length);
    expect(analyse(Array.from(order, (from) => readings[from]!))).toEqual(found);
  });

  it('missing readings are counted, and complete cases alone on request', () => {
    const left = readings.filter((_, i) => i % 97 !== 0);
    const available = analyse(left);
    expect(available.design).toMatchObject({ kind: 'crossed', missing: readings.length - left.length, cases: 120 });
    const complete = analyse(left, { missing: 'complete' });
    expect(complete.design.cases).toBe(120 - available.design.incompleteCases);
    expect(complete.design.missing).toBe(available.design.missing);
    expect(Math.abs(complete.comparisons[0]!.difference - available.comparisons[0]!.difference)).toBeLessThan(0.03);
  });
});
