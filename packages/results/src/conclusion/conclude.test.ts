import { decodeStudyFile, type Finding, type StudyVerdict, type UnfinishedTrial } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { type ConstructedArm, constructedPredictions } from '../comparison/constructed-scores.test-support.js';
import { studyScores } from '../comparison/study-scores.js';
import { conclude } from './conclude.js';

const seeds = [1, 2, 3];
const control: ConstructedArm = { arm: 'gray', separation: 1.5, chance: 0.2, seeds };
const better: ConstructedArm = { arm: 'better', separation: 2.5, chance: 0.2, seeds };
const worse: ConstructedArm = { arm: 'worse', separation: 0.7, chance: 0.2, seeds };
const same: ConstructedArm = { arm: 'same', separation: 1.5, chance: 0.05, seeds };
const noisy: ConstructedArm = { arm: 'noisy', separation: 1.9, chance: 1.2, seeds };

const counts = {
  train: { records: 700, patients: 700, positives: 350, negatives: 350 },
  validation: { records: 40, patients: 40, positives: 20, negatives: 20 },
  test: { records: 400, patients: 400, positives: 200, negatives: 200 },
};
const machine = { system: 'Test', architecture: 'x64', processor: 'p', cores: 2, memoryBytes: 1, accelerator: null };

interface Circumstances {
  readonly perClass?: number;
  readonly accepted?: readonly Finding[];
  readonly unfinished?: readonly UnfinishedTrial[];
}

function concludeFrom(arms: readonly ConstructedArm[], circumstances: Circumstances = {}): StudyVerdict {
  const { perClass = 200, accepted = [], unfinished = [] } = circumstances;
  const study = decodeStudyFile(
    `name: constructed
dataset: { path: data, layout: kaggle, positive: PNEUMONIA }
arms: ${JSON.stringify(arms.map(({ arm }, i) => ({ name: arm, control: i === 0, colour: 'none', image: { size: 64 + i } })))}
model: { preset: small }
seeds: [1, 2, 3]
endpoint: { metric: auroc, margin: 0.02, alpha: 0.05, correction: holm, bootstrap: 200 }
`,
    '/tmp/study.yaml',
  );
  const scores = studyScores(constructedPredictions(arms, perClass));
  return conclude({ study, counts, accepted, unfinished, versions: {}, machine, seconds: 1 }, scores);
}

const words = ({ comparisons }: StudyVerdict) => comparisons.map(({ arm, verdict }) => [arm, verdict]);

describe('conclude', () => {
  it.each([
    ['helps', better],
    ['harms', worse],
    ['no meaningful difference', same],
  ] as const)('says "%s" where intervals and margin say so', (word, arm) => {
    const verdict = concludeFrom([control, arm]);
    expect(words(verdict)).toEqual([[arm.arm, word]]);
    expect(verdict.verdict).toBe(word);
    expect(verdict.statement).toContain(arm.arm);
    expect(verdict.statement).toContain('gray');
  });

  it('says "inconclusive" where a small test part leaves both open, and how much it could have seen', () => {
    const verdict = concludeFrom([control, noisy], { perClass: 20 });
    expect(verdict.verdict).toBe('inconclusive');
    expect(verdict.smallestDetectable).toBeGreaterThan(0.02);
    expect(verdict.statement).toMatch(/does not show whether noisy differs from gray in AUROC/);
  });

  it('answers with yes when one arm helps, and still names the one that harms', () => {
    const verdict = concludeFrom([control, worse, better, same]);
    expect(words(verdict)).toEqual([
      ['worse', 'harms'],
      ['better', 'helps'],
      ['same', 'no meaningful difference'],
    ]);
    expect(verdict.verdict).toBe('helps');
    expect(verdict.statement).toMatch(/^better has a higher AUROC than gray; worse has a lower AUROC than gray/);
  });

  it('leaves the question open where one arm is inconclusive, even if another harms', () => {
    const verdict = concludeFrom([control, { ...noisy, separation: 2, chance: 1.6 }, { ...worse, separation: 0.9 }], {
      perClass: 25,
    });
    expect(words(verdict)).toEqual([
      ['noisy', 'inconclusive'],
      ['worse', 'harms'],
    ]);
    expect(verdict.verdict).toBe('inconclusive');
  });

  it('says "harms" when none helps and none is open', () => {
    expect(concludeFrom([control, same, worse]).verdict).toBe('harms');
  });

  it('never says that an arm harms which is not shown to have learned, at any difference', () => {
    const dead: ConstructedArm = { arm: 'dead', separation: 0, chance: 0.2, seeds };
    const verdict = concludeFrom([control, dead]);
    expect(verdict.comparisons[0]).toMatchObject({
      verdict: 'did not learn',
      reason: { kind: 'not learned', who: 'arm' },
    });
    expect(verdict.comparisons[0]!.interval[1]).toBeLessThan(0);
    expect(verdict.verdict).toBe('did not learn');
    expect(verdict.statement).toBe('dead is not shown to have learned, so nothing can be concluded about it.');
    expect(verdict.arms.map(({ learning }) => learning!.notLearned)).toEqual([null, 'chance']);
    expect(concludeFrom([control, dead, better]).verdict).toBe('helps');
    expect(concludeFrom([control, dead, same]).verdict).toBe('did not learn');
  });

  it.each([
    ['a better arm', better],
    ['a worse arm', worse],
    ['an equal arm', { ...control, arm: 'equal', separation: 0 }],
  ])('concludes nothing about %s where the control is not shown to have learned', (_, arm) => {
    const verdict = concludeFrom([{ ...control, separation: 0 }, arm, same]);
    expect(new Set(verdict.comparisons.map((comparison) => comparison.verdict))).toEqual(
      new Set(['control did not learn']),
    );
    expect(verdict.verdict).toBe('control did not learn');
    expect(verdict.statement).toMatch(/^Nothing can be concluded: the control, gray, is not shown to have learned/);
  });

  it('says first that a study with an accepted risk is invalid, and why', () => {
    const accepted = [{ id: 'patients-across-parts', title: '3 patients in train and test' } as Finding];
    const verdict = concludeFrom([control, better], { accepted });
    expect(verdict.verdict).toBe('invalid');
    expect(verdict.risksAccepted).toEqual(['patients-across-parts']);
    expect(verdict.statement).toMatch(
      /^Invalid: the study was run despite blocking audit findings: 3 patients in train and test\./,
    );
    expect(words(verdict)).toEqual([['better', 'helps']]);
  });

  it('compares only the seeds that both arms have finished, and says what is missing', () => {
    const unfinished = [{ arm: 'better', seed: 1, state: 'failed', reason: 'no memory' }] as const;
    const verdict = concludeFrom(
      [
        { ...control, seeds: [3, 1, 2] },
        { ...better, seeds: [2, 3] },
      ],
      { unfinished },
    );
    expect(verdict.comparisons[0]!.perSeed.map(({ seed }) => seed)).toEqual([2, 3]);
    const auroc = (arm: number, seed: number): number => {
      const { seeds, auroc } = verdict.arms[arm]!;
      return auroc.perSeed[seeds.indexOf(seed)]!;
    };
    const paired = (auroc(1, 2) - auroc(0, 2) + auroc(1, 3) - auroc(0, 3)) / 2;
    expect(verdict.comparisons[0]!.difference).toBeCloseTo(paired, 12);
    for (const { seed, delong } of verdict.comparisons[0]!.perSeed) {
      expect(delong.difference).toBeCloseTo(auroc(1, seed) - auroc(0, seed), 12);
    }
    expect(verdict.unfinished).toEqual(unfinished);
    expect(verdict.statement).toContain('1 trial is not finished');
  });

  it('leaves out arms without a finished trial, and concludes nothing without a pair', () => {
    const verdict = concludeFrom([control, { ...better, seeds: [] }]);
    expect(verdict.arms.map(({ arm }) => arm)).toEqual(['gray']);
    expect([verdict.verdict, verdict.comparisons, verdict.smallestDetectable]).toEqual(['inconclusive', [], null]);
    expect(verdict.statement).toContain('No arm can be compared');
    expect(
      concludeFrom([
        { ...control, seeds: [1] },
        { ...better, seeds: [2] },
      ]).comparisons,
    ).toEqual([]);
  });

  it('gives a single seed no standard deviation, and an interval for new patients alone', () => {
    const verdict = concludeFrom([
      { ...control, seeds: [1] },
      { ...better, seeds: [1] },
    ]);
    expect(verdict.arms.map(({ auroc }) => auroc.sd)).toEqual([null, null]);
    expect(verdict.comparisons[0]!.interval[0]).toBeLessThan(verdict.comparisons[0]!.difference);
    expect(verdict.verdict).toBe('helps');
  });

  it('corrects for the number of arms', () => {
    const { comparisons } = concludeFrom([control, better, worse, same]);
    expect(comparisons.every(({ p, pCorrected }) => pCorrected >= p)).toBe(true);
    expect(comparisons.some(({ p, pCorrected }) => pCorrected > p)).toBe(true);
  });
});

describe('effects of factors', () => {
  const cells = ['size-64_bits-8', 'size-64_bits-4', 'size-96_bits-8', 'size-96_bits-4'];
  const arms = cells.map((arm, i): ConstructedArm => ({ arm, separation: 1.4 + 0.3 * i, chance: 0.1, seeds }));
  const scores = studyScores(constructedPredictions(arms, 80));
  const concluded = (factors: string, accepted: readonly Finding[] = []) => {
    const study = decodeStudyFile(
      `{ name: s, dataset: { path: d, positive: P }, model: { preset: small }, seeds: [1, 2, 3], factors: ${factors} }`,
      '/tmp/study.yaml',
    );
    return conclude({ study, counts, accepted, unfinished: [], versions: {}, machine, seconds: 1 }, scores);
  };
  const two = '{ size: { key: image.size, levels: [64, 96] }, bits: { key: image.bits, levels: [8, 4] } }';

  it('stand beside the verdict, which does not rest on them, and are exploratory', () => {
    const { factors, statement } = concluded(two);
    expect(factors!.cells).toEqual(cells);
    expect(factors!.statement).toMatch(/^Exploratory, not part of the verdict: /);
    expect(statement).not.toContain('xploratory');
  });

  it('are invalid where the verdict is', () => {
    const risk = { id: 'leak', title: 'Patients in two parts' } as unknown as Finding;
    expect(concluded(two, [risk]).factors!.statement).toMatch(/^Invalid, as the verdict is\. Exploratory/);
  });
});
