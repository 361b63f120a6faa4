import { metric, metricBeside } from '@chromaray/base';
import type { ReportInput } from '../report-input.js';
import { acrossSplitsSection, acrossSplitsSentences } from '../sections/across-splits.js';
import { armsSection } from '../sections/arms.js';
import { classesSections } from '../sections/classes.js';
import { comparisonSection } from '../sections/comparison.js';
import { controlSentences, controlsSection } from '../sections/controls.js';
import { factorSentences, factorsSection } from '../sections/factors.js';
import { foldsSection } from '../sections/folds.js';
import { limitsSection } from '../sections/limits.js';
import { unlearnedSentence } from '../sections/unlearned.js';
import type { Ask } from './question.js';

/** The verdict and what it rests on. */
export const answered: Ask = (input, figures) => ({
  id: 'answer',
  title: 'What is the answer, and how sure?',
  short: 'The answer',
  answer: `${input.verdict.statement}${sureness(input)}${controlSentences(input)}${acrossSplitsSentences(input)}${factorSentences(input)}${unlearnedSentence(input)}`,
  sections: [
    comparisonSection(input),
    ...controlsSection(input),
    ...factorsSection(input, figures),
    ...acrossSplitsSection(input),
    ...foldsSection(input),
    ...classesSections(input),
    armsSection(input),
    limitsSection(input),
  ],
});

/** How wide the intervals are, and what the study could have seen. */
function sureness({ verdict }: ReportInput): string {
  const { comparisons, smallestDetectable, endpoint } = verdict;
  if (comparisons.length === 0) return '';
  const halves = comparisons.map(({ interval: [lower, upper] }) => (upper - lower) / 2);
  const [least, most] = [metric(Math.min(...halves)), metric(Math.max(...halves))];
  const width = `Differences are known to within about ±${least === most ? least : `${least} to ±${most}`}.`;
  if (smallestDetectable === null) return ` ${width}`;
  return ` ${width} Minimum detectable difference at 80 % power in the most precise comparison: ${metricBeside(smallestDetectable, endpoint.margin)}, ${
    smallestDetectable > endpoint.margin ? 'more than' : 'within'
  } the margin of ${endpoint.margin}.`;
}
