import type { Manifest, StudyFile } from '@chromaray/contracts';
import type { StudyScores } from '@chromaray/results';
import { expect, it } from 'vitest';
import { reportCases } from './report-cases.js';

const study = {
  arms: [
    { name: 'turbo', control: false },
    { name: 'gray', control: true },
    { name: 'waiting', control: false },
  ],
} as unknown as StudyFile;

/** As many test records, positives and negatives in turn; trials give every record the probability of their function. */
function made(n: number, trials: readonly { arm: string; threshold: number; of: (row: number) => number }[]) {
  const records = Array.from({ length: n }, (_, i) => `r${String(i).padStart(4, '0')}`);
  const labels = Uint8Array.from(records, (_, i) => i % 2);
  const manifest = {
    records: records.map((id, i) => ({ id, label: i % 2 ? 'P' : 'N', positive: i % 2 === 1, subtype: null })),
  } as unknown as Manifest;
  const scores: StudyScores = {
    test: { records, labels, patients: records },
    trials: trials.map(({ arm, threshold, of }, seed) => ({
      ...{ arm, seed, threshold },
      test: Float64Array.from(records, (_, row) => of(row)),
    })),
  };
  return reportCases(study, manifest, scores);
}

it('says of every record what each arm gave it and how many seeds are wrong, the control’s worst first', () => {
  const { cases, records } = made(4, [
    { arm: 'gray', threshold: 0.5, of: (row) => [0.2, 0.9, 0.7, 0.1][row]! },
    { arm: 'gray', threshold: 0.8, of: (row) => [0.2, 0.7, 0.7, 0.3][row]! },
    { arm: 'turbo', threshold: 0.5, of: () => 0.6 },
  ]);
  expect(records).toBe(4);
  expect(cases.map(({ record }) => record)).toEqual(['r0003', 'r0002', 'r0000', 'r0001']);
  const [worst, second, , last] = cases;
  expect(worst!.arms.map(({ arm, wrong, seeds }) => [arm, wrong, seeds])).toEqual([
    ['turbo', 0, 1],
    ['gray', 2, 2],
  ]);
  expect(worst!.arms[1]!.probability).toBeCloseTo(0.2);
  expect(second!.arms[1]).toMatchObject({ wrong: 1, seeds: 2 });
  expect(last!.arms[1]).toMatchObject({ wrong: 1, control: true });
});

it('lists the worst thousand of more, and says how many there are', () => {
  const { cases, records } = made(1200, [{ arm: 'gray', threshold: 0.5, of: (row) => (row === 1000 ? 1 : 0.5) }]);
  expect([cases.length, records]).toEqual([1000, 1200]);
  expect(cases[0]!.record).toBe('r1000');
});

it('lists records without an answer while no trial is finished', () => {
  expect(made(2, []).cases.map(({ arms }) => arms)).toEqual([[], []]);
});
