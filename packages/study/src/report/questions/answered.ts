import { armsSection } from '../sections/arms.js';
import { comparisonSection } from '../sections/comparison.js';
import { limitsSection } from '../sections/limits.js';
import type { Ask } from './question.js';

/** The verdict and what it rests on. */
export const answered: Ask = (input) => ({
  id: 'answer',
  title: 'What is the answer, and how sure?',
  short: 'The answer',
  answer: input.verdict.statement,
  sections: [comparisonSection(input), armsSection(input), limitsSection(input)],
});
