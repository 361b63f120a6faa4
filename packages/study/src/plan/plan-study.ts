/**
 * What a study will be able to show and what it will cost, before it is run: a study that could not see the
 * margin it declares, or that needs a week, is better changed than run.
 */

import { statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { listed } from '@chromaray/base';
import { inputTransform } from '@chromaray/colour';
import {
  armDifferences,
  causesSentences,
  type DifferingKey,
  hasFolds,
  type OnStudyEvent,
  type Part,
  type PartCounts,
  resolveArm,
  rungEpochs,
  type StudyFile,
  tuneRungs,
} from '@chromaray/contracts';
import { splitCount } from '@chromaray/data';
import { cacheFolder } from '@chromaray/store';
import { pixelsOf } from '../prepare/arm-pixels.js';
import { armsByTraining } from '../prepare/arm-training.js';
import { prepareData, type StudyData } from '../prepare/prepare-study.js';
import { announceImport, checkModels } from '../prepare/study-models.js';
import { type PlannedSensitivity, plannedParts, plannedSensitivity } from '../sensitivity/planned-sensitivity.js';
import { busyNotes } from './busy.js';
import { type Measurement, measureTrials } from './measure.js';
import { pilotAssumptions } from './pilot.js';

export interface PlanStudyOptions {
  /** Folder that holds studies: its disk is looked at, and what files hold is remembered below it. */
  readonly studies: string;
  /** Train a few steps to see what a trial costs; without it the plan says nothing about time. Default true. */
  readonly measure?: boolean;
  /** A finished study (folder, file or name) whose spread of seeds, AUROC and correlation take the place of assumptions. */
  readonly pilot?: string;
  readonly onEvent?: OnStudyEvent;
  readonly signal?: AbortSignal;
}

export interface StudyPlan {
  readonly study: string;
  readonly counts: Readonly<Record<Part, PartCounts>>;
  /** Pictures of an epoch after balancing, of the arm that has most. */
  readonly trainingImages: number;
  readonly trials: number;
  readonly endpoint: StudyFile['endpoint'];
  readonly sensitivity: PlannedSensitivity;
  /** Null when nothing was measured. */
  readonly cost: StudyCost | null;
  readonly arms: readonly string[];
  /** The keys in which the arms differ. */
  readonly differing: readonly DifferingKey[];
  readonly notes: readonly string[];
}

export interface StudyCost {
  readonly measured: Measurement;
  /** Wall-clock time of the study if every trial runs all its epochs. */
  readonly seconds: number;
  readonly secondsPerEpoch: readonly { readonly arm: string; readonly seconds: number }[];
  readonly secondsDecoding: number;
  /** The search for hyperparameters, part of `seconds`; null without one. */
  readonly tuning: { readonly epochsPerArm: number; readonly candidates: number; readonly seconds: number } | null;
  /** Of all trials that run at once. */
  readonly memoryBytes: number;
  readonly availableMemoryBytes: number;
  /** Packs, models, predictions, and checkpoints while trials run. */
  readonly diskBytes: number;
  readonly freeDiskBytes: number;
}

/**
 * Plans a study: reads its data set, splits it, works out what it can show and measures what it costs. Nothing
 * of the study's own folder is touched.
 *
 * @throws what describing, splitting, balancing, packs and trials throw
 */
export async function planStudy(study: StudyFile, options: PlanStudyOptions): Promise<StudyPlan> {
  const { onEvent = () => {}, signal = new AbortController().signal } = options;
  announceImport(await checkModels(study), onEvent);
  const assumptions = options.pilot === undefined ? undefined : pilotAssumptions(options.pilot, options.studies);
  const data = await prepareData(study, { cache: cacheFolder(options.studies), onEvent, signal });
  const { split, training } = data;
  const splits = splitCount(study.split, data.dataset.records);
  const trainingImages = Math.max(...[...training.values()].map(({ balance }) => balance.entries.length));
  const [load = 0] = os.loadavg();
  const cost =
    options.measure === false
      ? null
      : studyCost(study, data, await measureTrials(study, data, onEvent, signal), options);
  return {
    study: study.name,
    counts: split.counts,
    trainingImages,
    trials: study.arms.length * study.seeds.length * splits,
    endpoint: study.endpoint,
    sensitivity: plannedSensitivity(plannedParts(study, split.counts), study, assumptions),
    cost,
    arms: study.arms.map(({ name }) => name),
    differing: armDifferences(study),
    notes: [
      ...causesSentences(study).map((sentence) => `Warning: ${sentence}`),
      ...splitNotes(study, splits),
      ...tuneNotes(study),
      ...(cost === null ? [] : busyNotes(load, os.availableParallelism())),
      ...split.notes,
      ...balanceNotes(training),
    ],
  };
}

/** The verdict of random splits needs the first alone; who finds the whole too dear must know what the others are for. */
function splitNotes(study: StudyFile, splits: number): readonly string[] {
  if (splits === 1) return [];
  if (hasFolds(study)) {
    return [
      `${splits} folds${study.split.by === 'site' ? ', one for each site' : ''}, each trained with all arms and seeds: trials, time and disk are for all of them. The verdict is of all folds together, and every record is tested once; the parts counted above are those of the first fold.`,
    ];
  }
  return [
    `${splits} splits by patient, each trained with all arms and seeds: trials, time and disk are for all of them. The verdict rests on the first; the others show whether it holds with other training sets.`,
  ];
}

/** Which budget the arms share. */
function tuneNotes({ tune }: StudyFile): readonly string[] {
  if (tune === undefined) return [];
  const stages = tuneRungs(tune).map(({ candidates, epochs }) => `${candidates} to epoch ${epochs}`);
  return [
    `Hyperparameters are searched first, in every arm alike and on the validation part alone: ${tune.candidates} candidates an arm (${stages.join(', ')}). Candidates of other batches or networks take other times than those measured.`,
  ];
}

/** What balancing does, for whom where arms differ in it. */
function balanceNotes(training: StudyData['training']): readonly string[] {
  const groups = armsByTraining(training);
  return groups.flatMap(({ arms, training: { balance } }) =>
    balance.notes.map((note) => (groups.length === 1 ? note : `${listed(arms)}: ${note}`)),
  );
}

/** Weights, two moments and the best weights so far. */
const checkpointFactor = 4;
const bytesPerFloat = 4;
/** A row of predictions in the store and in the CSV file, measured. */
const bytesPerPrediction = 200;

function studyCost(
  study: StudyFile,
  { dataset, split: { counts }, training }: StudyData,
  measured: Measurement,
  { studies }: PlanStudyOptions,
): StudyCost {
  const { concurrency, trials } = measured;
  const evaluated = counts.validation.records + counts.test.records;
  const images = (arm: string): number => training.get(arm)!.balance.entries.length;
  const secondsPerEpoch = trials.map(({ arm, secondsPerTrainingImage, secondsPerPrediction }) => ({
    arm,
    seconds: images(arm) * secondsPerTrainingImage + counts.validation.records * secondsPerPrediction,
  }));
  const perSeed = study.arms.reduce((sum, arm, i) => {
    const { epochs } = resolveArm(study, arm).training;
    return sum + epochs * secondsPerEpoch[i]!.seconds + evaluated * trials[i]!.secondsPerPrediction;
  }, 0);
  const tuning = tuningCost(study, secondsPerEpoch, concurrency);
  // One pack of each part for all arms that are fed the same pixels.
  const fed = [...new Map(study.arms.map((arm) => [pixelsOf(study, arm), arm])).values()];
  const pictures = fed.map((arm) => ({
    count: images(arm.name) + evaluated,
    bytes: (inputTransform(arm.colour).kind === 'rgb' ? 3 : 1) * resolveArm(study, arm).image.size ** 2,
  }));
  const secondsDecoding = pictures.reduce((sum, { count }) => sum + count * measured.secondsPerDecodedImage, 0);
  const weights = bytesPerFloat * Math.max(...trials.map(({ parameters }) => parameters));
  const count = study.arms.length * study.seeds.length;
  const splits = splitCount(study.split, dataset.records);
  const disk = statfsSync(existingFolder(studies));
  return {
    measured,
    seconds:
      splits *
      (secondsDecoding + (tuning?.seconds ?? 0) + (study.seeds.length * perSeed) / Math.min(concurrency, count)),
    secondsPerEpoch,
    secondsDecoding,
    tuning,
    memoryBytes: concurrency * Math.max(...trials.map(({ peakMemoryBytes }) => peakMemoryBytes)),
    availableMemoryBytes: process.availableMemory(),
    diskBytes:
      splits *
        (pictures.reduce((sum, of) => sum + of.count * of.bytes, 0) +
          count * (weights + evaluated * bytesPerPrediction)) +
      checkpointFactor * concurrency * weights,
    freeDiskBytes: disk.bavail * disk.bsize,
  };
}

/** What the search costs on each split, every stage going on from checkpoints. */
function tuningCost(
  { tune, arms }: StudyFile,
  secondsPerEpoch: StudyCost['secondsPerEpoch'],
  concurrency: number,
): StudyCost['tuning'] {
  if (tune === undefined) return null;
  const epochsPerArm = rungEpochs(tuneRungs(tune));
  const atOnce = Math.min(concurrency, arms.length * tune.candidates);
  const seconds = secondsPerEpoch.reduce((sum, arm) => sum + epochsPerArm * arm.seconds, 0) / atOnce;
  return { epochsPerArm, candidates: tune.candidates, seconds };
}

/** The nearest folder above that is there: the one whose disk will be written to. */
function existingFolder(folder: string): string {
  const here = path.resolve(folder);
  try {
    statfsSync(here);
    return here;
  } catch {
    return existingFolder(path.dirname(here));
  }
}
