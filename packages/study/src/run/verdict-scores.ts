import { existsSync } from 'node:fs';
import { hasFolds, type StudyFile, type StudyFolder } from '@chromaray/contracts';
import { pooledFolds, type StudyScores, type StudySplits, studyScores } from '@chromaray/results';
import { openStudyReader, readArtefactIfAny } from '@chromaray/store';
import { readStudyFile } from '../study-file/read.js';
import { studySplits } from './other-splits.js';

/**
 * Scores that a verdict rests on: of all folds whose trials are finished together, of the first fold before there is one, or
 * of the study's own split.
 */
export function verdictScores(study: StudyFile, splits: StudySplits | undefined, own: StudyScores): StudyScores {
  if (!hasFolds(study) || splits === undefined) return own;
  return pooledFolds(splits.finished.length === 0 ? [own] : splits.finished);
}

/** The same, read from a study's folder as it stands. @throws what reading a store and `studyScores` throw */
export function readVerdictScores(folder: StudyFolder): StudyScores {
  const reader = openStudyReader(folder);
  try {
    const own = studyScores(reader.predictions());
    const manifest = readArtefactIfAny('manifest', folder.manifest);
    if (manifest === undefined || !existsSync(folder.studyFile)) return own;
    const study = readStudyFile(folder.studyFile);
    return verdictScores(study, studySplits(study, folder, manifest.records, own), own);
  } finally {
    reader.close();
  }
}
