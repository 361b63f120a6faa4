import { Random } from '@chromaray/base';
import type { ReportArm, ReportEpoch, ReportTrial, RocPoint, ThresholdSteps } from './report-input.js';

/** Test X-rays of a made-up study. */
export const positives = 390;
export const negatives = 234;

/** An arm whose networks have scores that are normal, `distance` standard deviations apart. */
export function sampleArm(
  name: string,
  control: boolean,
  distance: number,
  seeds: readonly number[],
  epochs: number,
): ReportArm {
  return {
    name,
    control,
    description: control ? 'gray pixels on one channel' : `gray pixels coloured by ${name}`,
    parameters: control ? 1_075_073 : 1_075_649,
    trials: seeds.map((seed) => sampleTrial(new Random(`${name}/${seed}`), seed, distance, epochs)),
  };
}

function sampleTrial(random: Random, seed: number, distance: number, epochs: number): ReportTrial {
  const shift = distance + 0.08 * random.normal();
  const scores = Array.from({ length: positives + negatives }, (_, i) => ({
    positive: i < positives,
    score: random.normal() + (i < positives ? shift : 0),
  }));
  const threshold = shift / 2;
  const said = (positive: boolean, above: boolean) =>
    scores.filter((item) => item.positive === positive && item.score >= threshold === above).length;
  const curve = sampleEpochs(random.fork('epochs'), epochs);
  const best = curve.reduce((a, b) => (b.validationLoss! < a.validationLoss! ? b : a));
  return {
    seed,
    state: 'finished',
    epochs: curve,
    selectedEpoch: best.epoch,
    threshold: 1 / (1 + Math.exp(-0.2 * random.normal())),
    roc: rocOf(scores),
    steps: stepsOf(scores),
    confusion: {
      truePositives: said(true, true),
      falseNegatives: said(true, false),
      falsePositives: said(false, true),
      trueNegatives: said(false, false),
    },
    imagesPerSecond: random.uniform(84, 92),
    seconds: random.uniform(860, 930),
    peakMemoryBytes: 1.1e9,
    idleShare: 0.004,
  };
}

/** Scores as probabilities, counted in steps. */
function stepsOf(scores: readonly { positive: boolean; score: number }[]): ThresholdSteps {
  const pairs = (positive: boolean): number[] => {
    const found = new Map<number, number>();
    for (const { positive: is, score } of scores) {
      const step = Math.floor(1000 / (1 + Math.exp(-score)));
      if (is === positive) found.set(step, (found.get(step) ?? 0) + 1);
    }
    return [...found].flat();
  };
  return { steps: 1000, positives: pairs(true), negatives: pairs(false) };
}

function sampleEpochs(random: Random, epochs: number): ReportEpoch[] {
  return Array.from({ length: epochs }, (_, i) => {
    const t = i / epochs;
    const wobble = 0.025 * random.normal();
    return {
      epoch: i + 1,
      trainLoss: 0.6 * Math.exp(-5 * t) + 0.03 + 0.01 * random.float(),
      trainAccuracy: Math.min(1, 0.995 - 0.3 * Math.exp(-6 * t) + 0.004 * random.normal()),
      validationLoss: 0.5 * Math.exp(-6 * t) + 0.12 + 0.12 * t * t + Math.abs(wobble),
      validationAccuracy: 0.955 - 0.25 * Math.exp(-7 * t) - 0.2 * Math.abs(wobble),
      validationAuroc: 0.985 - 0.1 * Math.exp(-7 * t),
      learningRate: 0.001,
      seconds: 39,
    };
  });
}

function rocOf(scores: readonly { positive: boolean; score: number }[]): RocPoint[] {
  let found = 0;
  let alarms = 0;
  const points: RocPoint[] = [{ falsePositiveRate: 0, truePositiveRate: 0 }];
  for (const { positive } of [...scores].sort((a, b) => b.score - a.score)) {
    if (positive) found++;
    else alarms++;
    points.push({ falsePositiveRate: alarms / negatives, truePositiveRate: found / positives });
  }
  return points;
}
