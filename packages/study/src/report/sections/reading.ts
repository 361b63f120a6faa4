import { level } from '../format.js';
import { type Html, html } from '../html.js';
import type { ReportInput } from '../report-input.js';
import { type Section, terms } from './section.js';

/** The terms in plain words, and what no study of this kind can tell. */
export function readingSection(input: ReportInput): Section {
  const { margin, alpha, correction } = input.verdict.endpoint;
  const { positive, negative } = input.dataset;
  const range = level(1 - alpha);
  return {
    id: 'reading',
    title: 'How is this report read?',
    short: 'How to read this',
    body: html`${terms([
      [
        'Arm, control',
        'An arm is one way of giving X-rays to a network. The control is the arm that all others are measured against; all else is kept alike.',
      ],
      [
        'Seed',
        'Training begins with random weights and shuffles the X-rays. A seed fixes that chance. Several seeds show how much a result owes to it.',
      ],
      [
        'AUROC',
        html`The probability that a network gives a randomly chosen ${positive} X-ray a higher score than a randomly chosen ${negative} one. 0.5 is guessing, 1 is perfect; no threshold is involved. Intervals and paired tests: ${cite('DeLong 1988', '10.2307/2531595')}, ${cite('Sun & Xu 2014', '10.1109/LSP.2014.2337313')}.`,
      ],
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
        `The values that the data leave plausible. Were the study repeated many times, about ${range} of such intervals would hold the true value. Wide means uncertain.${correction === 'holm' ? ' Where several arms are compared, the intervals of their differences stand at a higher level, so that they agree with the corrected p values.' : ''}`,
      ],
      [
        'Margin',
        `Differences smaller than ${margin} were declared too small to matter, before training. "No meaningful difference" needs an interval wholly inside the margin (two one-sided tests); a large p value alone never shows equality.`,
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
        'An epoch is one pass over the training part. A network that goes on improving there while the validation part gets worse is learning by heart.',
      ],
    ])}
<h3>Known limits</h3>
<ul>${limits(input).map((limit) => html`<li>${limit}</li>\n`)}</ul>`,
  };
}

function limits({ verdict, dataset }: ReportInput): string[] {
  const seeds = Math.max(0, ...verdict.arms.map((arm) => arm.seeds.length));
  return [
    'A colour map adds no information: every colour is worked out from the gray pixels. Colour can help only through what a network finds easier to learn, through pretraining on colour photographs, or for human eyes. A difference found here must be explained by one of these.',
    'Training and test part come from the same data set. Nothing here says how the networks do in another hospital, on other machines or in other age groups.',
    "Labels are taken as the data set gives them; their errors count as the networks' errors.",
    'Only the declared endpoint is a test. All other numbers are exploratory: they may suggest a new study, not settle this question.',
    ...(dataset.patients === null
      ? [
          'Patients are unknown. X-rays of one patient are treated as if they were independent, so intervals are too narrow, and leakage between parts cannot be ruled out.',
        ]
      : []),
    ...(seeds === 1 ? ['There is one seed only: how much the result owes to chance in training cannot be seen.'] : []),
  ];
}

function cite(text: string, doi: string): Html {
  return html`<a href="https://doi.org/${doi}">${text}</a>`;
}
