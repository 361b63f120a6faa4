import { Random } from '@chromaray/base';
import type { ArmBehaviour, StudyBehaviour } from '@chromaray/contracts';
import { sampleInput } from './report.test-support.js';
import type { ReportInput, ReportMistake } from './report-input.js';

/** A whole study with all that a report can show of it, made by seeded chance. */
export function completeInput(study: Parameters<typeof sampleInput>[0] = {}): ReportInput {
  const input = sampleInput(study);
  const seeds = input.arms[0]!.trials.map(({ seed }) => seed);
  const behaviour: StudyBehaviour = {
    positive: 'PNEUMONIA',
    level: 0.95,
    arms: input.arms.map(({ name, control }) => armBehaviour(name, control, seeds)),
    agreement: input.arms
      .filter(({ control }) => !control)
      .map(({ name }) => ({
        arm: name,
        control: 'gray',
        perSeed: seeds.map((seed) => ({
          seed,
          observed: 0.94,
          kappa: 0.767,
          interval: [0.7, 0.84],
          onlyArmWrong: 16,
          onlyControlWrong: 21,
          bothWrong: 39,
        })),
        kappa: 0.767,
      })),
  };
  return { ...input, behaviour, mistakes: sampleMistakes(input) };
}

function armBehaviour(arm: string, control: boolean, seeds: readonly number[]): ArmBehaviour {
  const random = new Random(`behaviour/${arm}`);
  const share = (value: number) => ({ value, interval: [value - 0.03, value + 0.025] as const });
  const scores = () => ({
    brier: random.uniform(0.07, 0.1),
    logLoss: random.uniform(0.25, 0.35),
    calibrationError: random.uniform(0.02, 0.08),
  });
  const bins = Array.from({ length: 10 }, (_, i) => (i + 0.5) / 10);
  return {
    arm,
    control,
    seeds,
    calibration: seeds.map((seed) => ({
      seed,
      ...scores(),
      slope: { value: 0.8, interval: [0.7, 0.9] },
      intercept: { value: -0.25, interval: [-0.5, 0] },
      temperature: 1.24,
      atTemperature: scores(),
    })),
    reliability: bins.map((probability) => ({
      probability,
      observed: Math.min(1, probability ** 1.3 + random.uniform(0, 0.04)),
      perSeed: seeds.map((seed) => ({
        seed,
        probability,
        observed: Math.min(1, probability ** 1.3 + random.uniform(-0.05, 0.08)),
      })),
    })),
    thresholds: [
      ['youden', "sensitivity and specificity together (Youden's index)"],
      ['sensitivity', 'a sensitivity of 95 %'],
      ['cost', 'a missed case that weighs five times a false alarm'],
    ].map(([rule, description], i) => ({
      rule: rule as 'youden',
      description: description!,
      thresholds: seeds.map(() => 0.5 - i / 10),
      sensitivity: share(0.88 + i / 50),
      specificity: share(0.87 - i / 20),
    })),
    decisionCurve: Array.from({ length: 99 }, (_, i) => (i + 1) / 100).map((threshold) => ({
      threshold,
      model: 0.6 - 0.25 * threshold ** 2,
      everybody: 0.625 - (0.375 * threshold) / (1 - threshold),
    })),
    subgroups: ['bacteria', 'virus'].map((group) => ({
      by: 'subtype',
      group,
      records: 148,
      patients: 126,
      positives: 148,
      negatives: 0,
      against: 'all negatives',
      auroc: share(0.94),
      accuracy: share(0.9),
    })),
    mistakes: [],
  };
}

function sampleMistakes({ samples }: ReportInput): ReportMistake[] {
  return samples.flatMap(({ record, label, images }) =>
    Array.from({ length: 2 }, (_, i) => ({
      record: record.replace(/(\d+)\.jpeg$/, `${i}$1.jpeg`),
      label,
      subtype: label === 'PNEUMONIA' ? 'virus' : null,
      probabilities: [{ arm: 'gray', probability: label === 'PNEUMONIA' ? 0.031 : 0.987 }],
      dataUri: images[0]!.dataUri,
    })),
  );
}
