import path from 'node:path';
import { type ChromarayError, isChromarayError, writeFileAtomic } from '@chromaray/base';
import { availableNames } from '@chromaray/colour';
import type { ReplicationPlan, ReplicationResult } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { cacheFolder, writeArtefact } from '@chromaray/store';
import { describeIn, runStudy } from '@chromaray/study';
import { childProcessRunner, type LocateFiles, type TrialRunner } from '@chromaray/trials';
import { type ColourChoice, chooseColour } from './colour-choice.js';
import type { OnReplicationEvent } from './events.js';
import { fitToMemory } from './fit-to-memory.js';
import { gatherResult } from './gather-result.js';
import { colourSet, graySet } from './original-sets.js';
import { cutsOf, fullPlan } from './plan.js';
import { predictUnseen } from './predict-unseen.js';
import { replicatedArms } from './replicated-arms.js';
import { buildReplicationReport } from './report/build-replication-report.js';
import { replicationSamples } from './report/samples.js';
import { controlledStudy, originalStudy, studyNames } from './study-files.js';
import { type ReplicationRun, trainOriginal } from './train-original.js';

export interface ReplicateOptions {
  /** The data set's folder, in its published layout: train, val and test, each with NORMAL and PNEUMONIA. */
  readonly data: string;
  /** Folder for everything that comes out; an interrupted replication resumes in it. */
  readonly out: string;
  /** Default: as the original did it. */
  readonly plan?: ReplicationPlan;
  /** Default: DeOldify where it is installed, else the colorizer that comes with the program. */
  readonly colour?: ColourChoice;
  /** Train again what a new version or another plan makes obsolete, instead of refusing. */
  readonly retrain?: boolean;
  readonly onEvent?: OnReplicationEvent;
  readonly signal?: AbortSignal;
  /** Who executes the trials. Default: a process for each. */
  readonly runner?: (locate: LocateFiles) => TrialRunner;
}

export interface ReplicationOutcome {
  readonly result: ReplicationResult;
  /** `replicate.json`. */
  readonly file: string;
  /** `report.html`. */
  readonly report: string;
}

/**
 * Replicates the original study: A, its two networks trained as it trained them, copies and all; B, A's colour
 * network on X-rays it has not copied; C, the same question under the controlled protocol. Then says of each
 * of its claims what became of it. What an earlier run finished is kept.
 *
 * @throws ChromarayError `CHROMARAY_REPLICATE_TOO_FEW` for a data set without the original's parts;
 *   `CHROMARAY_INTERRUPTED`; and what describing, packing and training throw
 */
export async function replicateOriginal(options: ReplicateOptions): Promise<ReplicationOutcome> {
  const { onEvent = () => {}, signal = new AbortController().signal } = options;
  try {
    return await replicate(options, onEvent, signal);
  } catch (error) {
    if (signal.aborted && !isChromarayError(error)) throw interrupted(error);
    throw error;
  }
}

async function replicate(
  options: ReplicateOptions,
  onEvent: OnReplicationEvent,
  signal: AbortSignal,
): Promise<ReplicationOutcome> {
  const begun = performance.now();
  const { colour = chooseColour(availableNames()), retrain = false, runner = childProcessRunner } = options;
  const plan = fitToMemory(options.plan ?? fullPlan);
  const folder = path.resolve(options.out);
  const run: ReplicationRun = { folder, cache: cacheFolder(folder), onEvent, signal, retrain, runner };
  onEvent({ kind: 'colour-chosen', colour });
  for (const cut of cutsOf(plan)) onEvent({ kind: 'plan-cut', cut });

  const dataset = await describeIn(run, { path: options.data, layout: 'kaggle' });
  onEvent({ kind: 'stage-begun', stage: 'original-colour' });
  const colourStudy = originalStudy(studyNames.colour, 'color-final', colour.colour, plan.colour, dataset);
  const trainedColour = await trainOriginal(colourStudy, colourSet(dataset, plan), run);
  onEvent({ kind: 'stage-begun', stage: 'unseen' });
  const unseen = await predictUnseen(trainedColour, dataset, run);
  onEvent({ kind: 'stage-begun', stage: 'original-gray' });
  const grayStudy = originalStudy(studyNames.gray, 'gray-final', 'repeat', plan.gray, dataset);
  const trainedGray = await trainOriginal(grayStudy, graySet(dataset, plan), run);
  onEvent({ kind: 'stage-begun', stage: 'controlled' });
  const study = controlledStudy(dataset, plan, colour);
  const controlled = await runStudy(study, { studies: folder, retrain, onEvent, signal, runner });

  const result = gatherResult({
    dataset,
    plan,
    colour,
    gray: trainedGray,
    colourNetwork: trainedColour,
    unseen,
    controlled,
    seconds: (performance.now() - begun) / 1000,
  });
  const file = path.join(folder, 'replicate.json');
  const report = path.join(folder, 'report.html');
  writeArtefact('replicate', file, result);
  const arms = replicatedArms({ result, gray: trainedGray, colour: trainedColour, folder: controlled.folder });
  const samples = await replicationSamples(trainedColour, colour);
  writeFileAtomic(report, buildReplicationReport({ result, arms, samples }));
  return { result, file, report };
}

function interrupted(cause: unknown): ChromarayError {
  return codedError('CHROMARAY_INTERRUPTED', {
    message: 'The replication was interrupted. Everything finished is kept.',
    remedy: 'Run the same command again: it resumes where it stopped.',
    cause,
  });
}
