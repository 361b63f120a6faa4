import { count, counted } from '@chromaray/base';
import { costSection } from '../sections/cost.js';
import { samplesSection } from '../sections/samples.js';
import { subjectsSection } from '../sections/subjects.js';
import { whoSection } from '../sections/who.js';
import type { Ask } from './question.js';

/** The arms and the X-rays. */
export const compared: Ask = (input, figures) => {
  const { dataset, arms, verdict, split } = input;
  const { test } = verdict.counts;
  const seeds = Math.max(0, ...arms.map(({ trials }) => trials.length));
  const patients = dataset.patients === null ? 'unknown patients' : counted(dataset.patients, 'patient');
  return {
    id: 'compared',
    title: 'What was compared, on whom?',
    short: 'What and whom',
    answer: `${counted(arms.length, 'arm')} with ${counted(seeds, 'seed')} each, on ${counted(dataset.records, 'X-ray')} of ${patients}. ${
      split.method === 'patient'
        ? `No patient is in both training and test; the numbers come from ${count(test.records)} X-rays that no network learned from.`
        : `The numbers come from the ${count(test.records)} X-rays of the test part.`
    }`,
    sections: [costSection(input), samplesSection(input), ...whoSection(input, figures), subjectsSection(input)],
  };
};
