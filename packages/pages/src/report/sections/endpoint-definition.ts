import type { Endpoint } from '@chromaray/contracts';
import { type HtmlContent, html } from '../../kit/html.js';
import { cite } from './cite.js';

/** What another endpoint than the AUROC is, in plain words. */
export function endpointDefinition({ metric, at, range }: Endpoint): HtmlContent {
  switch (metric) {
    case 'auroc':
      return null;
    case 'macro-auroc':
      return 'The AUROC of each class against all others together, averaged over the classes. 0.5 is guessing, 1 perfect.';
    case 'hand-till':
      return html`The mean over all pairs of classes of how well the two are told apart: ${cite('Hand & Till 2001', '10.1023/A:1010920819831')}. 0.5 is guessing, 1 perfect.`;
    case 'auprc':
      return html`Average precision: going down from the highest score, the share of positives among those so far, taken at each positive and averaged. Guessing gives the share of positives among all X-rays; 1 is perfect.`;
    case 'partial-auroc':
      return html`The area under the ROC curve between false positive rates of ${range?.join(' and ') ?? ''}, standardised so that 0.5 is guessing and 1 perfect: ${cite('McClish 1989', '10.1177/0272989X8900900307')}.`;
    case 'sensitivity':
      return `The share of positives found at the lowest threshold that clears at least ${at} of the negatives of the validation part. On the test part the specificity may come out a little different.`;
    case 'specificity':
      return `The share of negatives cleared at the highest threshold that finds at least ${at} of the positives of the validation part. On the test part the sensitivity may come out a little different.`;
    case 'balanced-accuracy':
      return 'The mean of sensitivity and specificity at the threshold that is best for their sum on the validation part. 0.5 is guessing, 1 perfect.';
    case 'brier':
      return html`The mean squared distance between probability and label: 0 is perfect, lower is better. It counts both how well X-rays are ranked and whether probabilities are honest: ${cite('Brier 1950', '10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2')}.`;
  }
}
