import type { StoredEpoch, TrialPrediction, TrialSummary } from './rows.js';

/** What the tests of stores put into them. */
export const gray = { arm: 'gray', seed: 1 };
export const turbo = { arm: 'turbo', seed: 1 };
export const planned = { ...gray, fingerprint: 'a' };
export const start = { backend: 'onnxruntime', precision: 'float32', threads: 1, parameters: 10 };
export const summary: TrialSummary = {
  ...{ seconds: 3, epochsRun: 2, bestEpoch: 1, imagesPerSecond: 80.5, peakMemoryBytes: 1e9 },
};
export const failure = {
  ...{ name: 'ChromarayError', code: 'CHROMARAY_X', message: 'm', remedy: 'r', details: { step: 3 } },
};

export function epoch(number: number, trainLoss: number): StoredEpoch {
  return {
    ...{ epoch: number, trainLoss, trainAccuracy: 0.5, validationLoss: null, validationAccuracy: null },
    ...{ validationAuroc: 0.75, learningRate: 0.001, seconds: 1.5 },
  };
}

/** Sorted by UTF-8 bytes; by UTF-16 units the last two would change places. */
export const predictions: readonly TrialPrediction[] = [
  { part: 'test', record: 'a/é,"x".jpeg', patient: null, label: 'NORMAL', positive: false, probability: 0.1 + 0.2 },
  { part: 'validation', record: 'b.jpeg', patient: 'p1', label: 'PNEUMONIA', positive: true, probability: 1 / 3 },
  { part: 'test', record: '\uFF5E.jpeg', patient: 'p2', label: 'PNEUMONIA', positive: true, probability: 5e-324 },
  { part: 'test', record: '\u{1F600}.jpeg', patient: 'p2', label: 'PNEUMONIA', positive: true, probability: 1 },
];

/** Of a network that tells three classes apart. */
export const ofClasses: readonly TrialPrediction[] = [
  {
    ...{ part: 'test', record: 'a.jpeg', patient: 'p1', label: 'VIRUS', positive: true, probability: 0.75 },
    probabilities: { NORMAL: 0.25, BACTERIA: 0.125, VIRUS: 0.625 },
  },
  {
    ...{ part: 'validation', record: 'b.jpeg', patient: 'p2', label: 'NORMAL', positive: false, probability: 1 / 3 },
    probabilities: { NORMAL: 2 / 3, BACTERIA: 1 / 3, VIRUS: 0 },
  },
];
