import { Random } from '@chromaray/base';
import type { Endpoint } from '@chromaray/contracts';
import { compareClasses, macroAuroc } from '@chromaray/evidence';
import type { StoredPrediction } from '@chromaray/store';
import { describe, expect, it } from 'vitest';
import { armResults } from './arm-results.js';
import { compareArms } from './compare-arms.js';
import { calledClasses } from './several-classes.js';
import { studyScores } from './study-scores.js';

const names = ['NORMAL', 'BACTERIA', 'VIRUS'];
const arms = [
  { name: 'gray', control: true },
  { name: 'turbo', control: false },
];
const seeds = [1, 2, 3];

/** Networks whose own logit of a record's class lies so far above the others, by class of the record. */
function predictions(distances: Readonly<Record<string, readonly number[]>>, each = 60): readonly StoredPrediction[] {
  return Object.entries(distances).flatMap(([arm, ofClass]) =>
    seeds.flatMap((seed) =>
      (['validation', 'test'] as const).flatMap((part) =>
        names.flatMap((label, index) =>
          Array.from({ length: each }, (_, i): StoredPrediction => {
            const random = new Random(`${arm} ${seed} ${part} ${label} ${i}`);
            const shared = new Random(`${part} ${label} ${i}`);
            const logits = names.map(
              (__, other) => (other === index ? ofClass[index]! : 0) + 0.7 * shared.normal() + 0.7 * random.normal(),
            );
            const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
            const own = logits.map((logit) => Math.exp(logit) / sum);
            return {
              ...{ arm, seed, part, record: `${part} ${label} ${i}`, patient: `${part} ${label} ${i}`, label },
              positive: index > 0,
              probability: 1 - own[0]!,
              probabilities: Object.fromEntries(names.map((name, k) => [name, own[k]!])),
            };
          }),
        ),
      ),
    ),
  );
}

const endpoint = (change: Partial<Endpoint> = {}): Endpoint => ({
  ...{ metric: 'macro-auroc', part: 'test', margin: 0.01, alpha: 0.05, correction: 'holm', bootstrap: 100 },
  ...change,
});
const better = studyScores(predictions({ gray: [1, 1, 1], turbo: [2.5, 2.5, 2.5] }));

describe('a study of three classes', () => {
  it('compares the endpoint of all classes by the test of several', () => {
    for (const metric of ['macro-auroc', 'hand-till'] as const) {
      const [found] = compareArms(arms, better, endpoint({ metric })).comparisons;
      const of = (arm: string) => better.trials.filter((trial) => trial.arm === arm).map(({ classes }) => classes!);
      const { several, patients } = better.test;
      const paired = { labels: several!.labels, classes: 3, patients, arm: of('turbo'), control: of('gray') };
      const test = compareClasses(paired, { metric });
      expect([found!.difference, found!.p]).toEqual([test.difference, test.p]);
      expect(found!.verdict).toBe('helps');
      expect(found!.perSeed.map(({ difference }) => difference)).toEqual(test.perSeed);
    }
  });

  it('names its endpoint in the statement', () => {
    const [till] = compareArms(arms, better, endpoint({ metric: 'hand-till' })).comparisons;
    const [virus] = compareArms(arms, better, endpoint({ metric: 'auroc', class: 'VIRUS' })).comparisons;
    expect(till!.statement).toContain("in Hand and Till's M");
    expect(virus!.statement).toContain('in AUROC of VIRUS against the rest');
  });

  it('judges learning by what the endpoint measures: an arm that knows one class only has not learned another', () => {
    const some = studyScores(predictions({ gray: [3, 3, 3], turbo: [3, 3, -3] }));
    expect(compareArms(arms, some, endpoint()).comparisons[0]!.verdict).toBe('harms');
    const [virus] = compareArms(arms, some, endpoint({ metric: 'auroc', class: 'VIRUS' })).comparisons;
    expect(virus!.verdict).toBe('did not learn');
  });

  it('says by which measure learning was judged, which is not the AUROC of two sides beside it', () => {
    const dumb = studyScores(predictions({ gray: [0, 0, 0], turbo: [3, 3, 3] }));
    const said = (change: Partial<Endpoint>) => compareArms(arms, dumb, endpoint(change)).comparisons[0]!.statement;
    expect(said({})).toMatch(/gray [^;]*(its|mean) macro AUROC/);
    expect(said({ metric: 'hand-till' })).toMatch(/gray [^;]*(its|mean) Hand and Till's M/);
    const elsewhere = compareArms(arms, dumb, endpoint(), true).comparisons[0]!.statement;
    expect(elsewhere).toContain('the macro AUROC of gray');
  });

  it('tells of each arm accuracy, kappa, and each class, from the classes that records are called', () => {
    const [gray] = armResults(arms, better, endpoint());
    const trial = better.trials.find(({ arm, seed }) => arm === 'gray' && seed === 1)!;
    const calls = calledClasses(trial);
    const { labels } = better.test.several!;
    const right = [...labels.keys()].filter((row) => calls[row] === labels[row]);
    const { perClass, accuracy, kappa, confusion } = gray!.classes!;
    expect(accuracy.perSeed[0]).toBeCloseTo(right.length / labels.length, 12);
    expect(perClass.map((one) => [one.class, one.records])).toEqual(names.map((name) => [name, 60]));
    expect(confusion[0]!.flat().reduce((sum, count) => sum + count, 0)).toBe(labels.length);
    expect(confusion[0]!.map((row, index) => row[index]! / 60)).toEqual(
      perClass.map(({ sensitivity }) => sensitivity.perSeed[0]),
    );
    expect(kappa!.interval![0]).toBeLessThan(kappa!.mean);
    expect(gray!.endpoint!.perSeed[0]).toBeCloseTo(macroAuroc(labels, trial.classes!), 12);
  });

  it('has nothing of classes in a study of two', () => {
    const two = predictions({ gray: [1, 1, 1], turbo: [2, 2, 2] }).map(({ probabilities: _, ...rest }) => rest);
    const [gray] = armResults(arms, studyScores(two), endpoint({ metric: 'auroc' }));
    expect(gray).not.toHaveProperty('classes');
    expect(gray).not.toHaveProperty('endpoint');
  });
});
