import { sha256 } from '@chromaray/base';
import { type DeclaredStudy, type RunRecord, type StudyFile, serializeStudyFile } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';

/** What a run remembers of what it was run by. */
export function declareStudy(study: StudyFile): DeclaredStudy {
  return { file: sha256(serializeStudyFile(study)), registered: true };
}

/** Where the data and the exclusion list lie may have changed. */
function withoutPlaces(dataset: StudyFile['dataset']): StudyFile['dataset'] {
  return { ...dataset, path: '', ...(dataset.exclude !== undefined && { exclude: '' }) };
}

/**
 * Refuses to report on a study by a file that is not the one it was run with.
 *
 * @param study read from the study's folder
 * @throws ChromarayError `CHROMARAY_STUDY_FILE_EDITED`
 */
export function refuseEditedStudyFile(study: StudyFile, file: string, { declared }: RunRecord): void {
  if (declared === undefined || declared.file === sha256(serializeStudyFile(study))) return;
  throw codedError('CHROMARAY_STUDY_FILE_EDITED', {
    message: `${file} was changed after the study was run: a report from it would describe another study.`,
    details: { file },
  });
}

/**
 * Refuses to report on a study that is named by a study file which says otherwise than the one that was run.
 *
 * @param named the file that the user gave
 * @throws ChromarayError `CHROMARAY_STUDY_FILE_DIFFERS`
 */
export function refuseOtherStudyFile(named: StudyFile, asRun: StudyFile, folder: string): void {
  // Where the data lie may have changed; what they are is checked by their hash when a study runs.
  const text = (study: StudyFile, key: keyof StudyFile): string =>
    JSON.stringify(key === 'dataset' ? withoutPlaces(study.dataset) : study[key]);
  const keys = (Object.keys(asRun) as (keyof StudyFile)[]).filter((key) => text(named, key) !== text(asRun, key));
  if (keys.length === 0) return;
  throw codedError('CHROMARAY_STUDY_FILE_DIFFERS', {
    message: `The study "${asRun.name}" was run with another study file: ${keys.join(', ')} ${keys.length === 1 ? 'differs' : 'differ'}.`,
    remedy: `Run the changed study with \`chromaray study run\`, or report on what was run by naming its folder: ${folder}`,
    details: { keys, folder },
  });
}
