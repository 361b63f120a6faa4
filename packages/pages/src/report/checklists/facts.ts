import { listed } from '@chromaray/base';
import { endpointName } from '@chromaray/contracts';
import { classNames } from '../class-names.js';
import { declarationText, whenDeclared } from '../declaration.js';
import { onlyPictures } from '../only-pictures.js';
import { listedElsewhere, ofTheFirst } from '../other-trainings.js';
import type { ReportInput } from '../report-input.js';
import { data, who } from './data-facts.js';
import { evaluation } from './evaluation-facts.js';
import { type Fact, fact } from './fact.js';
import { modelling } from './network-facts.js';

/** Null where the study does not know. */
export type Facts = Readonly<Record<keyof ReturnType<typeof studyFacts>, Fact | null>>;

/** Gathers, once, what checklists ask of a study; nothing in it is assumed. */
export function studyFacts(input: ReportInput) {
  return {
    ...design(input),
    ...data(input),
    ...who(input),
    ...modelling(input),
    ...evaluation(input),
    ...openness(input),
  };
}

function design(input: ReportInput) {
  const { arms, verdict, dataset } = input;
  const { endpoint } = verdict;
  const classes = classNames(input);
  const control = arms.find((arm) => arm.control)?.name ?? 'the control';
  const others = listed(arms.filter((arm) => !arm.control).map(({ name }) => name));
  return {
    method: fact(
      `Deep learning: neural networks that classify chest X-rays into ${classes === null ? 'two' : classes.length} classes.`,
      'cost',
    ),
    summary: fact(verdict.statement),
    objective: fact(
      `Whether ${others}, compared with ${control}, change the ${endpointName(endpoint)}${classes === null ? ` for ${dataset.positive}` : ''} by more than a margin of ${endpoint.margin}, ${whenDeclared(input)}.`,
      'endpoint',
    ),
    retrospective: fact('Existing images were analysed; none was taken for this study.', 'subjects'),
    goal: fact(
      `A controlled comparison of ${onlyPictures(input.arms) ? 'ways to give X-rays to a network' : 'networks that differ in what is declared'}; no model for use comes of it.`,
      'endpoint',
    ),
  };
}

function openness(input: ReportInput) {
  const { verdict } = input;
  return {
    protocol: fact(`The report contains the study file word for word. ${declarationText(input)}`, 'repeat'),
    code: fact(
      `Chromaray ${verdict.versions.chromaray ?? ''} is open source (Apache-2.0).`.replace('  ', ' '),
      'repeat',
    ),
    models: fact(
      `Every trained network${ofTheFirst(input)} is in the folder models beside the report, every prediction in predictions.csv.${listedElsewhere(input)}`,
      'repeat',
    ),
    checklists: fact('CLAIM 2024, TRIPOD+AI and METRICS are filled in.', 'checklists'),
  };
}
