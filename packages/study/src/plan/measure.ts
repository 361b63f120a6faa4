import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type OnStudyEvent, resolveArm, type StudyFile } from '@chromaray/contracts';
import { studyFolder } from '@chromaray/store';
import { childProcessRunner, type TrialResult, type TrialRunner, type TrialTask } from '@chromaray/trials';
import { prepareStudy, type StudyData } from '../prepare/prepare-study.js';
import { miniature } from './miniature.js';

/** What one trial of an arm cost while others ran at the same time, as they will in the study. */
export interface MeasuredTrial {
  readonly arm: string;
  /** Seconds a training picture, in the second epoch: the first one warms up. */
  readonly secondsPerTrainingImage: number;
  readonly secondsPerPrediction: number;
  readonly peakMemoryBytes: number;
  /** Of a training step. */
  readonly parameters: number;
}

export interface Measurement {
  readonly trials: readonly MeasuredTrial[];
  /** Trials at once, and threads of each, as the study will have. */
  readonly concurrency: number;
  readonly threads: number;
  /** Decoding and resizing, which every picture needs once. */
  readonly secondsPerDecodedImage: number;
}

/** Steps of a measured epoch: enough for the rate to settle, few enough to be quick. */
const steps = 6;
const epochs = 2;
const predicted = 64;

/**
 * Trains the first seed of every arm for a few steps in processes of their own, as many at once as the study will
 * run, and throws the result away.
 *
 * @throws what packs and trials throw
 */
export async function measureTrials(
  study: StudyFile,
  { dataset, split }: Pick<StudyData, 'dataset' | 'split'>,
  onEvent: OnStudyEvent,
  signal: AbortSignal,
): Promise<Measurement> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'chromaray-plan-'));
  try {
    const short = shortened(study);
    const given = miniature(dataset, split, {
      train: steps * Math.max(...study.arms.map((arm) => resolveArm(study, arm).training.batch)),
      validation: predicted,
      test: predicted,
    });
    const folder = studyFolder(scratch, study.name);
    const context = { cache: scratch, onEvent, signal };
    const prepared = await prepareStudy({ study: short, context, folder, given });
    const { tasks, concurrency, threads, locate } = prepared;
    const secondsPerDecodedImage = prepared.secondsPacking / given.dataset.records.length / prepared.packs.size;
    const alone = childProcessRunner(locate);
    // The same work with files of its own.
    const beside = childProcessRunner((task) => {
      const files = locate(task);
      return { ...files, checkpoints: `${files.checkpoints}-beside`, model: `${files.model}.beside` };
    });
    const trials: MeasuredTrial[] = [];
    const first = tasks.slice(0, study.arms.length);
    for (let start = 0; start < first.length; start += concurrency) {
      const atOnce = first.slice(start, start + concurrency);
      // A last group that is not full gets company, so that no trial is measured with the machine to itself.
      const company = first.slice(0, Math.max(0, Math.min(concurrency, tasks.length) - atOnce.length));
      const [results] = await Promise.all([
        Promise.all(atOnce.map((task) => measured(alone, task, signal))),
        Promise.all(company.map((task) => measured(beside, task, signal))),
      ]);
      trials.push(...results);
      onEvent({ kind: 'progress', phase: 'training', done: trials.length, total: first.length, unit: 'steps' });
    }
    return { trials, concurrency, threads, secondsPerDecodedImage };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The study with trials of few epochs. What is left out costs nothing, or is counted apart. */
function shortened({ labels: _, ...study }: StudyFile): StudyFile {
  const { patience: __, ...training } = study.training;
  return {
    ...study,
    balance: { method: 'none' },
    training: { ...training, epochs, select: 'last' },
    arms: study.arms.map(({ labels: ___, balance: ____, ...arm }) => ({
      ...arm,
      ...(arm.training && { training: { ...arm.training, epochs, patience: null, select: 'last' } }),
    })),
  };
}

async function measured(runner: TrialRunner, task: TrialTask, signal: AbortSignal): Promise<MeasuredTrial> {
  let parameters = 0;
  const result = await runner.run(
    task,
    (message) => {
      if (message.kind === 'started') parameters = message.parameters;
    },
    signal,
  );
  return { arm: task.arm, parameters, peakMemoryBytes: result.peakMemoryBytes, ...costs(task, result) };
}

/** Times of the last epoch; what is not training in it is validation. */
function costs({ parts }: TrialTask, result: TrialResult) {
  const images = parts.train.labels.length;
  const training = images / result.imagesPerSecond;
  const validation = Math.max(0, result.epochs.at(-1)!.seconds - training);
  return {
    secondsPerTrainingImage: 1 / result.imagesPerSecond,
    secondsPerPrediction: validation / parts.validation.labels.length,
  };
}
