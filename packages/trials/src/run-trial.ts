import { sha256File } from '@chromaray/base';
import type { TrialEpoch } from '@chromaray/contracts';
import { type Part, parts } from '@chromaray/contracts/names';
import {
  countParameters,
  type EpochRecord,
  type FitEvent,
  fit,
  type Model,
  predict,
  saveModel,
  type WeightsFile,
  withMetadata,
} from '@chromaray/engine';
import { auroc, classColumns, macroAuroc, operatingThreshold } from '@chromaray/evidence';
import { openPack, type PixelPack } from '@chromaray/imaging';
import { backendOptions } from './backend-options.js';
import { executionProfile } from './execution-profile.js';
import { fitOptions } from './fit-options.js';
import { buildModel, weightsRecord } from './model/build-model.js';
import { packSource } from './pack-source.js';
import { trainingLikeness } from './training-likeness.js';
import type { TrialFiles } from './trial-files.js';
import type { TrialMessage, TrialResult } from './trial-runner.js';
import type { TrialTask } from './trial-task.js';

const stepMessageMilliseconds = 200;

/**
 * Trains one trial and predicts its validation and test parts, in the process it is called in. Training sees
 * the training part; the validation part chooses the epoch and the threshold; the test part is predicted
 * once, at the end. A checkpoint of another execution profile is not continued.
 *
 * @param profileOf what this process computes by
 */
export async function runTrial(
  task: TrialTask,
  files: TrialFiles,
  report: (message: TrialMessage) => void,
  signal: AbortSignal,
  profileOf = executionProfile,
): Promise<TrialResult> {
  const profile = profileOf(task.training, task.profile.threads);
  const packs = openPacks(files);
  try {
    const {
      model,
      learningRateFactors,
      weights: pretrained,
    } = buildModel(task.model, {
      imageSize: task.imageSize,
      transform: task.transform,
      seed: task.seed,
      classes: task.classes?.names.length,
      weightsHash: task.weights,
      weightsFile: files.weights,
    });
    const weights = exampleWeights(task);
    const begun = performance.now();
    const sources = {
      train: packSource(packs.train, task.parts.train.labels, weights.training),
      validation: packSource(packs.validation, task.parts.validation.labels, weights.measuring),
      test: packSource(packs.test, task.parts.test.labels, weights.measuring),
    };
    let reported = 0;
    const trained = await fit({
      model,
      train: sources.train,
      validation: sources.validation,
      options: fitOptions(task, files.checkpoints, profile, learningRateFactors),
      evaluate: (probabilities) => ({ auroc: validationAuroc(task, probabilities) }),
      signal,
      onEvent: (event: FitEvent) => {
        if (event.kind === 'start') {
          const { backend, resumedFrom } = event;
          report({ kind: 'started', resumedAtEpoch: resumedFrom, backend, parameters: countParameters(model) });
        } else if (event.kind === 'epoch') {
          report({ kind: 'epoch', epoch: trialEpoch(event.record) });
        } else if (event.kind === 'step' && performance.now() - reported >= stepMessageMilliseconds) {
          reported = performance.now();
          report({ kind: 'step', epoch: event.epoch, step: event.step, steps: event.steps });
        } else if (event.kind === 'fallback') {
          report({ kind: 'fallback', reason: event.reason });
        }
      },
    });
    const predictPart = (part: 'validation' | 'test', network: Model): Promise<Float32Array> =>
      predict(network, sources[part], {
        ...backendOptions(task.training),
        threads: task.profile.threads,
        batch: task.training.batch,
      });
    const validation = await predictPart('validation', trained.model);
    // A search for hyperparameters hands over no test records.
    const test = sources.test.count === 0 ? new Float32Array(0) : await predictPart('test', trained.model);
    saveModel(files.model, labelled(trained.model, task, validation, pretrained, packs));
    const modelHash = await sha256File(files.model);
    return {
      epochs: trained.history.map(trialEpoch),
      selectedEpoch: trained.selectedEpoch,
      stoppedBy: trained.stopped,
      probabilities: { validation, test },
      seconds: (performance.now() - begun) / 1000,
      imagesPerSecond: median(trained.history.map(({ examplesPerSecond }) => examplesPerSecond)),
      idleShare: median(trained.history.map(({ idleShare }) => idleShare)),
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      modelHash,
      profile,
    };
  } finally {
    for (const part of parts) packs[part].close();
  }
}

function openPacks({ packs }: TrialFiles): Record<Part, PixelPack> {
  return { train: openPack(packs.train), validation: openPack(packs.validation), test: openPack(packs.test) };
}

/** The model with all that `predict` and a reader must know of it. */
function labelled(
  model: Model,
  task: TrialTask,
  validation: Float32Array,
  weights: WeightsFile | undefined,
  packs: Record<Part, PixelPack>,
): Model {
  const likeness = trainingLikeness(packs.train, packs.validation);
  const { licence } = task.names;
  return withMetadata(model, {
    ...answers(task, validation),
    height: task.imageSize,
    width: task.imageSize,
    transform: task.names.transform,
    preset: task.names.model,
    ...(task.operations === undefined ? {} : { operations: { ...task.operations } }),
    ...(weights === undefined
      ? {}
      : { pretrained: { ...weightsRecord(weights), ...(licence === undefined ? {} : { licence }) } }),
    ...(likeness === undefined ? {} : { likeness }),
  });
}

/** What the model's probabilities are of, and what is called by them. */
function answers({ classes, names, parts: { validation: part } }: TrialTask, validation: Float32Array) {
  if (classes !== undefined) return { classes: classes.names };
  const { positive, negative } = names;
  return { classes: [negative, positive], positive, threshold: operatingThreshold(part.labels, validation) };
}

/** Weights by class, from 0: in training, and where every example counts as one. */
function exampleWeights({ classes, classWeights: { negative, positive } }: TrialTask) {
  const training = classes?.weights ?? [negative, positive];
  return { training, measuring: training.map(() => 1) };
}

/** AUROC on the validation part; of several classes the mean of each one's against the rest. */
function validationAuroc({ classes, parts: { validation } }: TrialTask, probabilities: Float32Array): number {
  const { labels } = validation;
  return classes === undefined
    ? auroc(labels, probabilities)
    : macroAuroc(labels, classColumns(probabilities, classes.names.length));
}

function trialEpoch(record: EpochRecord): TrialEpoch {
  return {
    epoch: record.epoch,
    trainLoss: record.loss,
    trainAccuracy: record.accuracy,
    validationLoss: record.validationLoss ?? Number.NaN,
    validationAccuracy: record.validationAccuracy ?? Number.NaN,
    validationAuroc: record.metrics.auroc ?? Number.NaN,
    learningRate: record.learningRate,
    seconds: record.seconds,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
