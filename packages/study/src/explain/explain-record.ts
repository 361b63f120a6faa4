import type { ArmSection, StudyFile, StudyFolder } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { loadModel, readMetadata } from '@chromaray/engine';
import { trialModel } from '../frozen/trial-model.js';
import { foreignModel } from '../predict/predict-images.js';
import { pixelsOf } from '../prepare/arm-pixels.js';
import { readStudyFile } from '../study-file/read.js';
import { answerTo, askedOf } from './asked.js';
import { mapsOf } from './explain-pixels.js';
import { packPictures } from './pack-pixels.js';
import { seenBy } from './seen.js';
import { testedIn } from './tested-in.js';

/** One record of the test part under one trial. */
export interface RecordOfTrial {
  readonly arm: string;
  readonly seed: number;
  readonly record: string;
}

/** Where a trial's network looks in one X-ray. */
export interface RecordExplanation {
  readonly width: number;
  readonly height: number;
  /** Grad-CAM for the class that the record is called, place by place: 0 where nothing speaks for it. */
  readonly map: Float32Array;
  /** Of the positive class; of several classes that of the one it is called. */
  readonly probability: number;
  /** The class that the map speaks for. */
  readonly towards: string;
}

/**
 * Grad-CAM of one record of a study's test part, from the pixels and with the model of its trial.
 *
 * @throws ChromarayError `CHROMARAY_STORE_TRIAL_UNKNOWN`, `CHROMARAY_FROZEN_MODEL_MISSING`,
 *   `CHROMARAY_FROZEN_MODEL_CHANGED`, `CHROMARAY_STUDY_PIXELS_GONE`; those of `GradCam.load`
 */
export async function explainRecord(folder: StudyFolder, asked: RecordOfTrial): Promise<RecordExplanation> {
  const { arm, seed, record } = asked;
  const { study, section } = armOf(folder, arm);
  const kind = pixelsOf(study, section);
  const tested = testedIn(folder, kind, record);
  if (tested === undefined) throw pixelsGone(record);
  // Of a study with folds the network that has not learned from the record.
  const file = await trialModel(tested.folder, { arm, seed });
  const model = loadModel(file);
  const metadata = readMetadata(model, file);
  if (metadata === undefined) throw foreignModel(file);
  const { pixels } = packPictures(tested.testPacks[kind]!, [record])[0]!;
  const { probability, called } = await answerTo(model, metadata, pixels);
  const { size, rectified } = await mapsOf(model, [askedOf(metadata, pixels, called)]);
  return { ...size, map: rectified[0]!, probability, towards: called };
}

/**
 * Records of the test part as an arm's network is fed them: gray, or three channels.
 *
 * @throws ChromarayError `CHROMARAY_STUDY_PIXELS_GONE`, `CHROMARAY_STORE_TRIAL_UNKNOWN` for an arm that the study does not have
 */
export function seenByArm(folder: StudyFolder, arm: string, record: string) {
  const { study, section } = armOf(folder, arm);
  const tested = testedIn(folder, pixelsOf(study, section), record);
  const seen = tested && seenBy(study, section, tested, [record]);
  if (seen === undefined) throw pixelsGone(record);
  return seen[0]!;
}

function armOf(folder: StudyFolder, name: string): { readonly study: StudyFile; readonly section: ArmSection } {
  const study = readStudyFile(folder.studyFile);
  const section = study.arms.find((one) => one.name === name);
  if (section !== undefined) return { study, section };
  throw codedError('CHROMARAY_STORE_TRIAL_UNKNOWN', {
    message: `The study has no arm "${name.slice(0, 200)}".`,
    details: { arm: name },
  });
}

function pixelsGone(record: string) {
  return codedError('CHROMARAY_STUDY_PIXELS_GONE', {
    message: `The pixels of ${JSON.stringify(record.slice(0, 300))}, as the networks were fed them, are not there: it is no record of the test part, or the packs have been cleared away.`,
    details: { record },
  });
}
