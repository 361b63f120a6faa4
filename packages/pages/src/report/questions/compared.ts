import { count, counted } from '@chromaray/base';
import type { ReportInput } from '../report-input.js';
import { costSection } from '../sections/cost.js';
import { samplesSection } from '../sections/samples.js';
import { subjectsSection } from '../sections/subjects.js';
import { whoSection } from '../sections/who.js';
import type { Ask } from './question.js';

/** The arms and the X-rays. */
export const compared: Ask = (input, figures) => {
  const { dataset, arms } = input;
  const seeds = Math.max(0, ...arms.map(({ trials }) => trials.length));
  const patients = dataset.patients === null ? 'unknown patients' : counted(dataset.patients, 'patient');
  return {
    id: 'compared',
    title: 'What was compared, on whom?',
    short: 'What and whom',
    answer: `${counted(arms.length, 'arm')} with ${counted(seeds, 'seed')} each, on ${counted(dataset.records, 'X-ray')} of ${patients}. ${measuredOn(input)}`,
    sections: [costSection(input), samplesSection(input), ...whoSection(input, figures), subjectsSection(input)],
  };
};

/** What the numbers come from. With folds every X-ray is tested, and learned from by the networks of the other folds. */
function measuredOn({ dataset, split, verdict }: Pick<ReportInput, 'dataset' | 'split' | 'verdict'>): string {
  const tested = count(verdict.counts.test.records);
  const byPatient = split.method === 'patient' && dataset.patients !== null;
  if (verdict.folds !== undefined) {
    return `The numbers come from ${tested} X-rays, each tested by networks that learned from other folds${byPatient ? ', none of the same patient' : ''}.`;
  }
  return byPatient
    ? `No patient is in both training and test; the numbers come from ${tested} X-rays that no network of this split learned from.`
    : `The numbers come from the ${tested} X-rays of the test part.`;
}
