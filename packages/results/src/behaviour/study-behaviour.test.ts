import { Random } from '@chromaray/base';
import { decodeStudyFile, type Manifest, type ManifestRecord } from '@chromaray/contracts';
import type { StoredPrediction } from '@chromaray/store';
import { describe, expect, it } from 'vitest';
import { studyScores } from '../comparison/study-scores.js';
import { againstShortcuts } from './against-shortcuts.js';
import { studyBehaviour } from './study-behaviour.js';

const study = decodeStudyFile(
  `
name: made-up
dataset: { path: data, layout: kaggle, positive: PNEUMONIA }
arms: [{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }]
model: { preset: small }
training: { epochs: 1 }
seeds: [1, 2]
`,
  'study.yaml',
  {},
);

/** Records whose truth is drawn from a known probability, so that honest predictions exist. */
const random = new Random('behaviour');
const truth = Array.from({ length: 600 }, (_, i) => {
  const probability = 0.02 + 0.96 * random.float();
  const positive = random.float() < probability;
  return {
    id: `r${String(i).padStart(3, '0')}`,
    part: i % 2 === 0 ? ('test' as const) : ('validation' as const),
    patient: `p${i >> 2}`,
    positive,
    label: positive ? 'PNEUMONIA' : 'NORMAL',
    subtype: positive ? (i % 3 === 0 ? 'virus' : 'bacteria') : null,
    ...(i % 5 === 0 ? {} : { ageBand: i % 2 === (i >> 1) % 2 ? 'under 1' : i % 3 === 0 ? '5-17' : '18-39' }),
    sex: (i >> 2) % 2 === 0 ? 'female' : 'male',
    probability,
  };
});
const manifest = {
  dataset: { positive: 'PNEUMONIA', negative: 'NORMAL' },
  records: truth as unknown as readonly ManifestRecord[],
} as Manifest;

/** gray gives the true probabilities; turbo is too sure: its logits are three times as large. */
const predictions: StoredPrediction[] = ['gray', 'turbo'].flatMap((arm) =>
  [1, 2].flatMap((seed) =>
    truth.map(({ id, part, patient, label, positive, probability }) => {
      const logit = Math.log(probability / (1 - probability));
      const given = arm === 'gray' ? probability : 1 / (1 + Math.exp(-3 * logit));
      return { arm, seed, part, record: id, patient, label, positive, probability: given };
    }),
  ),
);
const behaviour = studyBehaviour(study, manifest, studyScores(predictions), predictions);
const [gray, turbo] = behaviour.arms;

describe('calibration', () => {
  it('finds honest probabilities honest', () => {
    const { slope, intercept, temperature } = gray!.calibration[0]!;
    expect(slope!.interval[0]).toBeLessThan(1);
    expect(slope!.interval[1]).toBeGreaterThan(1);
    expect(Math.abs(intercept!.value)).toBeLessThan(0.4);
    expect(temperature).toBeGreaterThan(0.75);
    expect(temperature).toBeLessThan(1.3);
  });

  it('finds too sure ones too sure, and the temperature of validation mends them on test', () => {
    const { slope, temperature, calibrationError, logLoss, atTemperature } = turbo!.calibration[0]!;
    expect(slope!.interval[1]).toBeLessThan(0.6);
    expect(temperature).toBeCloseTo(3 * gray!.calibration[0]!.temperature, 2);
    expect(atTemperature.calibrationError).toBeLessThan(0.75 * calibrationError);
    expect(atTemperature.logLoss).toBeLessThan(logLoss);
  });

  it('puts honest bins on the diagonal', () => {
    expect(gray!.reliability).toHaveLength(10);
    for (const { probability, observed } of gray!.reliability)
      expect(Math.abs(observed - probability)).toBeLessThan(0.25);
  });
});

describe('thresholds', () => {
  it('for sensitivity and for cost find more cases than Youden’s and raise more false alarms', () => {
    const [youden, sensitive, cost] = gray!.thresholds;
    expect(sensitive!.sensitivity.value).toBeGreaterThan(0.9);
    for (const other of [sensitive!, cost!]) {
      expect(other.sensitivity.value).toBeGreaterThanOrEqual(youden!.sensitivity.value);
      expect(other.specificity.value).toBeLessThanOrEqual(youden!.specificity.value);
    }
  });

  it('of honest probabilities gain more than acting on everybody or nobody', () => {
    for (const { model, everybody, threshold } of gray!.decisionCurve) {
      if (threshold > 0.2 && threshold < 0.8) expect(model).toBeGreaterThan(Math.max(0, everybody));
    }
  });
});

describe('subgroups', () => {
  it('set a subtype of positives against all negatives, and count its records and patients', () => {
    const ofTest = truth.filter(({ part }) => part === 'test');
    const virus = ofTest.filter(({ subtype }) => subtype === 'virus');
    const found = gray!.subgroups.find(({ group }) => group === 'virus')!;
    expect(found).toMatchObject({
      by: 'subtype',
      records: virus.length,
      patients: new Set(virus.map(({ patient }) => patient)).size,
      negatives: 0,
      against: 'all negatives',
    });
    expect(found.auroc!.interval[0]).toBeLessThan(found.auroc!.value);
  });

  it('are made of sexes and of ages, from the youngest on, and leave out patients of unknown sex or age', () => {
    const ofTest = truth.filter(({ part }) => part === 'test');
    const groups = (by: string) => gray!.subgroups.filter((group) => group.by === by);
    expect(groups('sex').map(({ group, against }) => [group, against])).toEqual([
      ['female', 'own'],
      ['male', 'own'],
    ]);
    expect(groups('age').map(({ group }) => group)).toEqual(['under 1', '5-17', '18-39']);
    const known = ofTest.filter((record) => 'ageBand' in record).length;
    expect(groups('age').reduce((sum, { records }) => sum + records, 0)).toBe(known);
    expect(known).toBeLessThan(ofTest.length);
    expect(groups('view')).toEqual([]);
  });
});

describe('agreement', () => {
  it('is whole where two arms rank alike and have thresholds that fit', () => {
    expect(behaviour.agreement).toHaveLength(1);
    expect(behaviour.agreement[0]!.kappa).toBe(1);
    expect(behaviour.agreement[0]!.perSeed[0]).toMatchObject({ onlyArmWrong: 0, onlyControlWrong: 0, observed: 1 });
  });
});

describe('differences within subgroups', () => {
  it('are those of arm and control on the same records, with intervals', () => {
    const found = behaviour.subgroupDifferences!;
    expect(found.map(({ by, group }) => [by, group])).toEqual(gray!.subgroups.map(({ by, group }) => [by, group]));
    for (const { by, group, difference, interval, arm, control } of found) {
      const of = (subgroups: typeof gray) =>
        subgroups!.subgroups.find((result) => result.by === by && result.group === group)!.auroc!.value;
      expect([arm, control]).toEqual(['turbo', 'gray']);
      expect(difference).toBeCloseTo(of(turbo) - of(gray), 12);
      expect(interval[0]).toBeLessThan(difference);
      expect(interval[1]).toBeGreaterThan(difference);
    }
  });
});

describe('networks against shortcuts', () => {
  const scores = studyScores(predictions);
  const arms = [
    { name: 'gray', control: true },
    { name: 'turbo', control: false },
  ];
  const baseline = {
    view: 'thumbnail',
    auroc: 0.7,
    interval: [0.6, 0.8],
    features: 256,
    trained: 1,
    tested: 1,
  } as const;
  const scored = (score: (record: (typeof truth)[number]) => number) => ({
    ...baseline,
    scores: Object.fromEntries(truth.filter(({ part }) => part === 'test').map((record) => [record.id, score(record)])),
  });

  it('are paired by record: a shortcut that guesses is beaten, one that knows is not', () => {
    const own = new Random('guess');
    const [guess] = againstShortcuts(arms, scores, [scored(() => own.float())], 0.95);
    expect(guess).toMatchObject({ arm: 'gray', view: 'thumbnail' });
    expect(guess!.interval[0]).toBeGreaterThan(0);
    const [knows] = againstShortcuts(arms, scores, [scored(({ positive }) => Number(positive))], 0.95);
    expect(knows!.interval[1]).toBeLessThan(0);
    const [same] = againstShortcuts(arms, scores, [scored(({ probability }) => probability)], 0.95);
    expect(same!.interval[0]).toBeLessThan(0);
    expect(same!.interval[1]).toBeGreaterThan(0);
  });

  it('are left out where the shortcut has no scores, or not those of all test records', () => {
    expect(againstShortcuts(arms, scores, [baseline], 0.95)).toEqual([]);
    expect(againstShortcuts(arms, scores, [{ ...baseline, scores: { r000: 1 } }], 0.95)).toEqual([]);
  });
});

describe('mistakes', () => {
  it('are led by the record the networks were surest about', () => {
    const misses = gray!.mistakes.filter(({ label }) => label === 'PNEUMONIA');
    const lowest = Math.min(
      ...truth.filter(({ part, positive }) => part === 'test' && positive).map(({ probability }) => probability),
    );
    expect(misses[0]!.probability).toBe(lowest);
    expect(misses.length).toBeLessThanOrEqual(10);
    expect(misses.every(({ wrongSeeds }) => wrongSeeds === 2)).toBe(true);
  });
});
