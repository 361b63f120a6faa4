import { armDescription } from '@chromaray/colour';
import { type ArmSection, armDifferences, differingText, type StudyFile } from '@chromaray/contracts';

/** What an arm does to the pixels, and what it has in every other key in which the study's arms differ. */
export function describeArm(study: StudyFile, arm: ArmSection): string {
  const place = study.arms.findIndex(({ name }) => name === arm.name);
  const others = armDifferences(study)
    .filter(({ kind }) => kind !== 'colour')
    .map(({ key, values }) => `${key} ${differingText(values[place]).replace(/^–$/, 'not set')}`);
  return [armDescription(arm.colour), ...others].join('; ');
}
