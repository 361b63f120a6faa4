import path from 'node:path';
import { cacheName, type StudyFolder, studyFiles, studyFilesOf } from '@chromaray/contracts';

/** What studies below `directory` share and can make again. */
export function cacheFolder(directory: string): string {
  return path.resolve(directory, cacheName);
}

/** The folder of a study called `name` below `directory` (usually `studies`). */
export function studyFolder(directory: string, name: string): StudyFolder {
  const root = path.resolve(directory, name);
  const inside = (relative: string): string => path.join(root, ...relative.split('/'));
  const files = Object.entries(studyFiles).map(([key, relative]) => [key, inside(relative)]);
  return {
    ...(Object.fromEntries(files) as Record<keyof typeof studyFiles, string>),
    root,
    inside,
    model: (arm, seed) => inside(studyFilesOf.model(arm, seed)),
    checkpoints: (arm, seed) => inside(studyFilesOf.checkpoints(arm, seed)),
    evaluation: (name, hash) => inside(studyFilesOf.evaluation(name, hash)),
    split: (number) => studyFolder(root, studyFilesOf.split(number)),
    tuningTrials: () => studyFolder(root, studyFilesOf.tuningTrials()),
    earlierVerdict: studyFilesOf.earlierVerdict,
  };
}
