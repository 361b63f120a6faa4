import { describe, expect, it } from 'vitest';
import { decodeHappening, encodeHappening } from './event-schema.js';
import type { StudyHappening } from './events.js';
import { verdictWords } from './verdict.js';

const counts = { records: 40, patients: 31, positives: 20, negatives: 20 };
const place = { arm: 'gray', seed: 1, finished: 0, trials: 2 };
const error = { code: 'CHROMARAY_X', message: 'm', remedy: 'r' };
const finding = { id: 'f', title: 't', remedy: 'r', records: 2 };
const epoch = { epoch: 1, trainLoss: 0.5, trainAccuracy: 0.8, validationLoss: 0.6, validationAccuracy: 0.7 };

/** One of every kind: a kind that is added to the type and not here does not compile. */
const one: { readonly [K in StudyHappening['kind']]: Extract<StudyHappening, { kind: K }> } = {
  'run-started': { kind: 'run-started', version: '0.1.0' },
  'dataset-described': {
    kind: 'dataset-described',
    ...{ dataset: 'h', records: 40, patients: null, unreadable: 0, leftOut: 1 },
  },
  'split-made': {
    kind: 'split-made',
    ...{ method: 'provided', patientsKnown: true, positive: 'P', seed: 7 },
    imbalance: { largestSizeGap: 0, largestPrevalenceGap: 0.01 },
    choice: { kind: 'validation-remade', flaw: { kind: 'missing' }, taken: 10, share: 0.1 },
    counts: { train: counts, validation: counts, test: counts },
  },
  'arms-compared': {
    kind: 'arms-compared',
    control: 'gray',
    arms: ['gray', 'large'],
    differing: [{ key: 'image.size', values: ['64', '128'] }],
    causes: [{ arm: 'large', kinds: ['image', 'training'] }],
  },
  'balance-planned': {
    kind: 'balance-planned',
    ...{ method: 'weights', positive: 'P', negative: 'N', positives: 20, negatives: 20, images: 40 },
    classWeights: { positive: 1.5, negative: 0.75 },
    exactCopies: false,
  },
  'audit-started': { kind: 'audit-started', records: 40 },
  'audit-finished': { kind: 'audit-finished', checks: 14, blocks: 0, warns: 1, notes: 2, seconds: 0.25 },
  warned: { kind: 'warned', by: 'audit', finding },
  'risk-accepted': { kind: 'risk-accepted', by: 'user', finding },
  'batch-larger-than-part': { kind: 'batch-larger-than-part', batch: 64, images: 40 },
  'constants-untrained': {
    kind: 'constants-untrained',
    file: 'net.onnx',
    constants: [{ name: 'mean', shape: [1, 3, 1, 1], usedBy: 'Sub' }],
  },
  'features-found': { kind: 'features-found', file: 'net.onnx', tensor: 'flat' },
  'weights-widened': { kind: 'weights-widened', file: 'net.onnx', types: ['float16'], numbers: 9 },
  'sensitivity-planned': {
    kind: 'sensitivity-planned',
    ...{ smallestDetectable: 0.1 + 0.2, auroc: 0.95, power: 0.8, margin: 0.02, seeds: 3 },
  },
  'fell-back': { kind: 'fell-back', what: 'checkpoint', arm: 'gray', seed: 1, reason: 'é' },
  'workers-missing': {
    kind: 'workers-missing',
    ...{ wanted: 'onednn 3, float32, 2 threads, x64 avx2', trials: 4, anyWouldDo: true },
    workers: [{ worker: 'lab-2', lacks: 'has Chromaray 0.0.1, not 0.1.0' }],
  },
  'tuning-planned': {
    kind: 'tuning-planned',
    ...{ method: 'halving', arms: 2, candidates: 9, epochs: 27, validation: 12 },
    rungs: [{ candidates: 9, epochs: 1 }],
  },
  'tuning-finished': {
    kind: 'tuning-finished',
    kept: false,
    chosen: [{ arm: 'gray', candidate: 2, settings: 'learningRate 0.01', auroc: 0.9 }],
  },
  'training-planned': {
    kind: 'training-planned',
    ...{ trials: 2, concurrency: 1, threads: 2, backend: 'onednn', backendVersion: '3' },
  },
  'trial-kept': { kind: 'trial-kept', ...place },
  'trial-started': { kind: 'trial-started', ...place, worker: 'lab-2.4711' },
  'trial-resumed': { kind: 'trial-resumed', ...place, epochs: 3 },
  'epoch-done': {
    kind: 'epoch-done',
    ...{ arm: 'gray', seed: 1 },
    epoch: { ...epoch, validationAuroc: Number.NaN, learningRate: 0.001, seconds: 2 },
  },
  'trial-finished': { kind: 'trial-finished', ...place },
  'trial-failed': { kind: 'trial-failed', ...place, error },
  'trial-interrupted': { kind: 'trial-interrupted', ...place },
  progress: { kind: 'progress', phase: 'training', done: 1, total: 2, unit: 'steps', arm: 'gray', seed: 1 },
  concluded: {
    kind: 'concluded',
    verdict: 'helps',
    comparisons: [{ arm: 'turbo', verdict: 'helps', difference: 0.02, interval: [0.01, 0.03] }],
    unfinished: 0,
  },
  'run-ended': { kind: 'run-ended', outcome: 'failed', error },
};

describe('events as text', () => {
  it.each([...verdictWords, 'invalid'] as const)('a study may come to the verdict "%s"', (verdict) => {
    expect(decodeHappening(encodeHappening({ ...one.concluded, verdict }))).toMatchObject({ verdict });
  });

  it.each(Object.values(one))('$kind comes back as it was', (event) => {
    expect(decodeHappening(encodeHappening(event))).toEqual(event);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"kind":"never"}',
    '{"kind":"trial-kept","arm":1,"seed":1,"finished":0,"trials":2}',
  ])('what no program of this version writes is not read: %s', (content) =>
    expect(decodeHappening(content)).toBeUndefined(),
  );

  it('is read no further than it was written', () => {
    const whole = encodeHappening(one.concluded);
    for (let length = 0; length < whole.length; length++) {
      expect(decodeHappening(whole.slice(0, length))).toBeUndefined();
    }
  });
});
