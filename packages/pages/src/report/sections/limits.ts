import { listed } from '@chromaray/base';
import { html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import type { Section } from './section.js';

/** What no study of this kind can tell. */
export function limitsSection(input: ReportInput): Section {
  return {
    id: 'limits',
    title: 'What the answer does not say',
    short: 'Known limits',
    body: html`<ul>${limits(input).map((limit) => html`<li>${limit}</li>\n`)}</ul>`,
  };
}

/** Which of the ways in which colour can help a study tests depends on where its networks begin. */
function startText(pretrained: ReportInput['pretrained']): string {
  return pretrained === undefined
    ? 'These networks began at random weights, so that pretraining can play no part in a difference. On pretrained weights the same arms may come out otherwise.'
    : `These networks began at pretrained weights (${pretrained.file}). Filters that these brought along can make a difference between arms; the same arms on random weights would tell that from what is learned here.`;
}

/** Said of colour alone: arms may differ in other things as well. */
function colourText(differing: ReportInput['differing']): string {
  const alone = differing === undefined || differing.every(({ kind }) => kind === 'colour');
  return `A colour map adds no information: every colour is worked out from the gray pixels. Colour can help only through what a network finds easier to learn, through pretraining on colour photographs, or for human eyes. A difference ${alone ? 'found here' : 'that colour makes'} must be explained by one of these.`;
}

/** Folds that are sites say something of other hospitals; other splits do not. */
function sourceText({ folds }: ReportInput['verdict']): string {
  return folds?.sites == null
    ? 'Training and test part come from the same data set. Nothing here says how the networks do in another hospital, on other machines or in other age groups.'
    : `Each of ${folds.asked} sites was tested by networks that learned from the others, all in one data set. Nothing here says how the networks do elsewhere.`;
}

function limits({ verdict, dataset, methods, pretrained, differing }: ReportInput): string[] {
  const seeds = Math.max(0, ...verdict.arms.map((arm) => arm.seeds.length));
  return [
    ...(differing === undefined || differing.some(({ kind }) => kind === 'colour') ? [colourText(differing)] : []),
    startText(pretrained),
    methods === undefined || methods.external.length === 0
      ? sourceText(verdict)
      : `Training and test part come from the same data set. The folder external says how the frozen networks do on ${listed(methods.external.map(({ name }) => name))}; nothing here says how they do elsewhere.`,
    methods?.noise === undefined
      ? "Labels are taken as the data set gives them; their errors count as the networks' errors."
      : "Labels of validation and test part are taken as the data set gives them; their errors count as the networks' errors. Some of the training part are turned on purpose.",
    'Only the declared endpoint is a test. All other numbers are exploratory: they may suggest a new study, not settle this question.',
    ...(dataset.patients === null
      ? [
          'Patients are unknown. X-rays of one patient are treated as if they were independent, so intervals are too narrow, and leakage between parts cannot be ruled out.',
        ]
      : []),
    ...(seeds === 1 ? ['There is one seed only: how much the result owes to chance in training cannot be seen.'] : []),
  ];
}
