import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isChromarayError, sha256, sha256File } from '@chromaray/base';
import {
  type ArmExplanation,
  type ArmSection,
  type Manifest,
  type OnStudyEvent,
  type RunRecord,
  resolveArm,
  type StudyExplanation,
  type StudyFile,
  type StudyFolder,
} from '@chromaray/contracts';
import { loadModel, researchUseNotice } from '@chromaray/engine';
import type { StudyScores } from '@chromaray/results';
import { readArtefactIfAny, writeArtefact } from '@chromaray/store';
import { pixelsOf } from '../prepare/arm-pixels.js';
import { drawSample } from './choose-cases.js';
import { explainArm } from './explain-arm.js';
import { geometryOf } from './geometry.js';

export interface ExplainStudyRequest {
  /** SHA-256 of the model that a trial left; undefined where none was stored. */
  readonly modelHash?: (arm: string, seed: number) => string | undefined;
  readonly folder: StudyFolder;
  readonly study: StudyFile;
  readonly manifest: Manifest;
  readonly record: RunRecord;
  readonly scores: StudyScores;
  /** Folder of lung masks named as the records. */
  readonly masks?: string;
  readonly onEvent?: OnStudyEvent;
  readonly signal?: AbortSignal;
}

/** Raise it when the same models and pictures would be explained otherwise. */
const version = 1;

/**
 * Grad-CAM of a study's models on its test part: what share of the evidence lies at the border, in the centre and in
 * the lungs where masks are given, whether the maps depend on what the networks learned, and pictures of the surest
 * right and wrong answers. Writes `explanation.json` and the pictures below `explanation`.
 *
 * One seed an arm, the first that is finished. What has been explained before is not explained again unless models
 * or masks have changed. An arm that cannot be explained is listed with the reason and stops nothing.
 *
 * @returns undefined when no trial is finished
 */
export async function explainStudy(request: ExplainStudyRequest): Promise<StudyExplanation | undefined> {
  const { folder, study, scores, masks, onEvent = () => {}, signal } = request;
  if (scores.trials.length === 0) return undefined;
  const key = explanationKey(request);
  const known = masks === undefined ? knownExplanation(folder, key) : undefined;
  if (known !== undefined) return known;

  const sample = drawSample(scores.test, study.split.seed);
  const arms: ArmExplanation[] = [];
  const missing: StudyExplanation['missing'][number][] = [];
  for (const [i, arm] of study.arms.entries()) {
    signal?.throwIfAborted();
    onEvent({
      ...{ kind: 'progress', phase: 'explaining', unit: 'steps', arm: arm.name },
      ...{ done: i, total: study.arms.length },
    });
    const found = await explained(arm, request, sample);
    if (typeof found === 'string') missing.push({ arm: arm.name, reason: found });
    else arms.push(found);
  }
  const explanation: StudyExplanation = {
    key,
    notice: researchUseNotice,
    sample: sample.map((row) => scores.test.records[row]!),
    arms,
    missing,
  };
  writeArtefact('explanation', folder.explanation, explanation);
  return explanation;
}

/** The arm's explanation, or why there is none. */
async function explained(
  arm: ArmSection,
  { folder, study, scores, manifest, record, masks, modelHash }: ExplainStudyRequest,
  sample: readonly number[],
): Promise<ArmExplanation | string> {
  const trial = scores.trials.find((one) => one.arm === arm.name);
  if (trial === undefined) return 'no trial of it is finished';
  const file = folder.model(arm.name, trial.seed);
  if (!existsSync(file)) return 'its model is gone';
  const pinned = modelHash?.(arm.name, trial.seed);
  if (pinned !== undefined && (await sha256File(file)) !== pinned) return 'its model is not the one that was trained';
  const pack = record.testPacks[pixelsOf(study, arm)];
  if (pack === undefined || !existsSync(pack)) return 'the pixels of the test part have been cleared away';
  try {
    return await explainArm(
      {
        arm: arm.name,
        control: arm.control,
        trial,
        model: loadModel(file),
        pack,
        backend: study.training.backend,
        geometry: geometryOf(resolveArm(study, arm).image),
        positive: manifest.dataset.positive,
        negative: manifest.dataset.negative,
        seed: study.split.seed,
        masks,
        root: folder.root,
        pictures: path.join(folder.explanations, `${arm.name}-${trial.seed}`),
      },
      scores.test,
      sample,
    );
  } catch (error) {
    if (!isChromarayError(error)) throw error;
    return (error as Error).message;
  }
}

function explanationKey({ folder, study, scores, manifest }: ExplainStudyRequest): string {
  const models = study.arms.map(({ name }) => {
    const trial = scores.trials.find((one) => one.arm === name);
    const file = trial === undefined ? undefined : folder.model(name, trial.seed);
    const hash = file !== undefined && existsSync(file) ? sha256(readFileSync(file)) : null;
    return [name, trial?.seed ?? null, trial?.threshold ?? null, hash];
  });
  const { positive, negative } = manifest.dataset;
  return sha256(JSON.stringify([version, study.split.seed, study.training.backend, positive, negative, models]));
}

/** What is in the folder already, if it is whole and of the same models. */
function knownExplanation(folder: StudyFolder, key: string): StudyExplanation | undefined {
  try {
    const found = readArtefactIfAny('explanation', folder.explanation);
    if (found?.key !== key) return undefined;
    const pictures = found.arms.flatMap(({ cases }) => cases.map(({ picture }) => path.join(folder.root, picture)));
    return pictures.every((file) => existsSync(file)) ? found : undefined;
  } catch {
    return undefined;
  }
}
