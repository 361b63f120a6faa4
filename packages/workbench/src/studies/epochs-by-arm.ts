import { existsSync } from 'node:fs';
import { resolveArm } from '@chromaray/contracts';
import { readStudyFile } from '@chromaray/study';

/** The most epochs that a trial of each arm may run; none while the study file is not there. */
export function epochsByArm(studyFile: string): ReadonlyMap<string, number> {
  if (!existsSync(studyFile)) return new Map();
  const study = readStudyFile(studyFile);
  return new Map(study.arms.map((arm) => [arm.name, resolveArm(study, arm).training.epochs]));
}
