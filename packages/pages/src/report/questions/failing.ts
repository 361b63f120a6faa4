import { percent } from '@chromaray/base';
import { casesSection } from '../sections/cases.js';
import { confusionSection, rocSection } from '../sections/errors.js';
import { failureSections } from '../sections/failures.js';
import { honestySection } from '../sections/honesty.js';
import { mapsSection } from '../sections/maps.js';
import type { Ask } from './question.js';

/** The errors: how many, which, on whom, and how surely made. */
export const failing: Ask = (input, figures) => {
  const control = input.verdict.arms.find((arm) => arm.control);
  const { positive, negative } = input.dataset;
  return {
    id: 'failing',
    title: 'Where do the models fail?',
    short: 'Failures',
    answer:
      control === undefined
        ? 'No network of the control is finished, so nothing can be said yet.'
        : `The control misses ${percent(1 - control.sensitivity.mean)} of ${positive} and gives a false alarm for ${percent(1 - control.specificity.mean)} of ${negative}. All of this part is exploratory.`,
    sections: [
      rocSection(figures),
      confusionSection(input, figures),
      ...honestySection(input, figures),
      ...failureSections(input),
      ...casesSection(input),
      ...mapsSection(input),
    ],
  };
};
