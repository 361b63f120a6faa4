import { level } from '@chromaray/base';
import { endpointName } from '@chromaray/contracts';
import { capitalised } from '../../kit/capitalised.js';
import { html } from '../../kit/html.js';
import { whenDeclared } from '../declaration.js';
import { onlyPictures } from '../only-pictures.js';
import type { ReportInput } from '../report-input.js';
import { cite } from './cite.js';
import { endpointDefinition } from './endpoint-definition.js';
import { type Section, terms } from './section.js';

/** The terms in plain words. */
export function readingSection(input: ReportInput): Section {
  const { endpoint } = input.verdict;
  const { margin, alpha, correction } = endpoint;
  const { positive, negative } = input.dataset;
  const range = level(1 - alpha);
  return {
    id: 'reading',
    title: 'The terms in plain words',
    short: 'Terms',
    body: html`<details><summary>AUROC, interval, margin, p and other words of this report</summary>${terms([
      [
        'Arm, control',
        `An arm is ${onlyPictures(input.arms) ? 'one way of giving X-rays to a network' : 'one way of training a network and of giving it X-rays'}. The control is the arm that all others are measured against; all else is kept alike.`,
      ],
      [
        'Seed',
        'Training begins with weights that are random, at least in the last layers, and shuffles the X-rays. A seed fixes that chance. Several seeds show how much a result owes to it.',
      ],
      [
        'AUROC',
        html`The probability that a network gives a randomly chosen ${positive} X-ray a higher score than a randomly chosen ${negative} one. 0.5 is guessing, 1 is perfect; no threshold is involved. Intervals and paired tests: ${cite('DeLong 1988', '10.2307/2531595')}, ${cite('Sun & Xu 2014', '10.1109/LSP.2014.2337313')}.`,
      ],
      ...(endpoint.metric === 'auroc'
        ? []
        : [[capitalised(endpointName(endpoint)), endpointDefinition(endpoint)] as const]),
      [
        'Sensitivity, specificity',
        `The share of ${positive} that is found, and the share of ${negative} that is cleared, at the threshold. Raising one lowers the other.`,
      ],
      [
        'Accuracy, F1',
        `The share of right decisions; and the harmonic mean of sensitivity and of the share of ${positive} alarms that are right. Both depend on how many ${positive} there are.`,
      ],
      [
        'Interval',
        `The values that the data leave plausible. Were the study repeated many times, about ${range} of such intervals would hold the true value. Wide means uncertain.${correction === 'holm' ? ' Where several arms are compared, the intervals of their differences have a higher level, so that they agree with the corrected p values.' : ''}`,
      ],
      [
        'Margin',
        `Differences smaller than ${margin} count as too small to matter (${whenDeclared(input)}). "No meaningful difference" needs an interval wholly inside the margin (two one-sided tests); a large p value alone never shows equality.`,
      ],
      [
        'Inconclusive',
        'The data fit with a difference that matters and with none. More patients or seeds could decide it.',
      ],
      [
        'p',
        'How often chance alone, without any true difference, would give a difference at least this large. It is not the probability that the arms are equal.',
      ],
      ...(correction === 'holm'
        ? [
            [
              'Holm',
              "Whoever compares many arms finds a difference by luck sooner or later. Holm's correction raises the p values so that the risk of even one false alarm stays at alpha (Holm 1979).",
            ] as const,
          ]
        : []),
      [
        'McNemar',
        html`Counts the X-rays that one arm has right and the other wrong, and asks whether they are spread evenly (${cite('McNemar 1947', '10.1007/BF02295996')}).`,
      ],
      [
        'Epoch, overfitting',
        'An epoch is one pass over the training part. A network that keeps improving there while the validation part gets worse is learning by heart.',
      ],
    ])}</details>`,
  };
}
