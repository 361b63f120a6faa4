import { count, counted, level, listed } from '@chromaray/base';
import {
  causesSentence,
  computedBy,
  endpointName,
  foldsSentence,
  isLowerBetter,
  parts,
  type StudyVerdict,
} from '@chromaray/contracts';
import { classNames } from './class-names.js';
import { computedTrials } from './computed-trials.js';
import { whenDeclared } from './declaration.js';
import { onlyPictures } from './only-pictures.js';
import { balanceText, ofTheFirst } from './other-trainings.js';
import type { ReportInput } from './report-input.js';

const splits: Readonly<Record<ReportInput['split']['method'], string>> = {
  patient: 'by patient, so that no patient is in two parts,',
  provided: 'as the data set provides it',
  sklearn: 'by X-ray, so that a patient may be in several parts,',
};

/** Where nobody knows the patients, no split keeps them apart. */
function splitWords({ dataset, split }: ReportInput): string {
  return split.method === 'patient' && dataset.patients === null
    ? 'at random by X-ray, because patients are unknown,'
    : splits[split.method];
}

/**
 * The methods section of a paper, one paragraph a subject, from what the study recorded and nothing else. What it does not
 * know (ethics, how labels were made, where the X-rays come from) is left to the author.
 */
export function methodsParagraphs(input: ReportInput): readonly string[] {
  return [data(input), networks(input), statistics(input)].map((sentences) => sentences.join(' '));
}

function data(input: ReportInput): readonly string[] {
  const { dataset, subjects, verdict, split } = input;
  const { name, records, patients, positive, negative, unreadable } = dataset;
  const left = [
    ...(unreadable.length === 0 ? [] : [`${counted(unreadable.length, 'file')} that could not be read`]),
    ...(subjects?.leftOut ?? []).map(({ reason, records: n }) => `${counted(n, 'X-ray')} (${reason})`),
  ];
  const counts = parts.map((part) => {
    const { records: n, patients: who, positives } = verdict.counts[part];
    return `${part === 'train' ? 'training' : part} (${counted(n, 'X-ray')}${who === null ? '' : ` of ${counted(who, 'patient')}`}, ${count(positives)} ${positive})`;
  });
  return [
    `We used the data set ${name}: ${counted(records, 'chest X-ray')} of ${patients === null ? 'an unknown number of patients' : counted(patients, 'patient')}, labelled ${listed(classNames(input) ?? [positive, negative], 'or')}.`,
    left.length === 0 ? 'No file was left out.' : `Left out were ${listed(left)}.`,
    verdict.folds === undefined
      ? `The data were split ${splitWords(input)} into ${listed(counts)}, with random seed ${split.seed}.`
      : `${foldsSentence(verdict)} In the first fold: ${listed(counts.slice(0, 2))}; tested in all finished folds together: ${counts[2]!.replace(/^test \((.*)\)$/, '$1')} (random seed ${split.seed}).`,
    ...repeated(verdict),
    balanceText(input),
  ];
}

/** Only splits whose trials are all finished count. */
function repeated({ comparisons, folds }: ReportInput['verdict']): readonly string[] {
  const across = comparisons[0]?.acrossSplits;
  if (across === undefined || across.differences.length < 2) return [];
  if (folds !== undefined) {
    return [
      'To see how far differences depend on the training X-rays, those of the folds were compared by the corrected resampled t test (Nadeau and Bengio 2003).',
    ];
  }
  return [
    `To see how far differences depend on the training X-rays, all networks were trained anew on ${counted(across.differences.length - 1, 'further random split')} by patient, and differences were tested by the corrected resampled t test (Nadeau and Bengio 2003).`,
  ];
}

function networks(input: ReportInput): readonly string[] {
  const { arms, methods, verdict } = input;
  const first = ofTheFirst(input);
  const control = arms.find((arm) => arm.control);
  const others = arms.filter((arm) => !arm.control);
  const seeds = [...new Set(arms.flatMap(({ trials }) => trials.map(({ seed }) => seed)))];
  const { machine, versions } = verdict;
  return [
    ...(control === undefined
      ? []
      : [
          `${onlyPictures(arms) ? `Networks were given the same X-rays in ${counted(arms.length, 'way')}` : `Networks were trained in ${counted(arms.length, 'way')}, on the same split of the X-rays`}: ${control.name} (the control: ${control.description})${others.length === 0 ? '' : `, ${listed(others.map(({ name, description }) => `${name} (${description})`))}`}; all else${methods?.tuning === undefined ? '' : ' but the hyperparameters that were searched'} was kept alike.`,
          ...arms.flatMap(({ name, kinds = [] }) => causesSentence(name, control.name, kinds) ?? []),
        ]),
    ...(methods === undefined
      ? []
      : [
          ...(methods.preparation === undefined ? [] : [methods.preparation]),
          `Each network was ${inSentence(methods.model)}`,
          `Initial weights were ${inSentence(methods.initialisation)}`,
          `Networks were ${inSentence(methods.training)}`,
          methods.selection,
          ...(methods.tuning === undefined ? [] : [methods.tuning]),
        ]),
    `Each arm was trained with ${counted(seeds.length, 'random seed')} (${listed(seeds.map(String))}).`,
    ...(classNames(input) === null ? [] : ['Each X-ray was called by its most probable class.']),
    `Decision thresholds${classNames(input) === null ? '' : ' for all that has two sides only'} were chosen for each network on the validation part by Youden's index; the test part had no say in any choice.`,
    `Chromaray ${versions.chromaray ?? ''} was used on ${machine.processor}${machine.accelerator === null ? '' : ` with ${machine.accelerator}`}.`.replace(
      '  ',
      ' ',
    ),
    ...[computedBy(computedTrials(arms), control?.name) ?? []]
      .flat()
      .map((said) => (first === '' ? said : `Trials${first}: ${inSentence(said)}`)),
  ];
}

/** A sentence as the end of another. */
function inSentence(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Where the covariances of another endpoint than the AUROC come from. */
function endpointMethod({ metric }: StudyVerdict['endpoint']): string {
  switch (metric) {
    case 'auroc':
    case 'macro-auroc':
    case 'hand-till':
      return '';
    case 'auprc':
    case 'partial-auroc':
      return ' from the derivative of the endpoint by the weight of each X-ray';
    case 'brier':
      return ' from the squared distances of each X-ray';
    default:
      return '; thresholds were chosen on the validation part, whose patients were resampled 500 times to allow for that choice';
  }
}

function statistics(input: ReportInput): readonly string[] {
  const { verdict, arms } = input;
  const { endpoint } = verdict;
  const { margin, alpha, correction, bootstrap } = endpoint;
  const compared = arms.length - 1;
  const patients = input.dataset.patients !== null;
  const seeds = Math.max(0, ...verdict.arms.map((arm) => arm.seeds.length));
  return [
    `The endpoint was the difference in ${endpointName(endpoint)} on the test part between each arm and the control, mean over seeds${isLowerBetter(endpoint) ? ' (lower is better)' : ''}; differences under ${margin} counted as too small to matter. Endpoint and margin were ${whenDeclared(input)}.`,
    `Intervals (${level(1 - alpha)} or higher) and tests account for ${patients ? 'patients' : 'X-rays, taken as independent because patients are unknown,'}${seeds === 1 ? ' alone, since one seed cannot show how much chance in training matters' : ' and for seeds'} (method of Obuchowski and Rockette 1995 with seeds as readers nested in arms, degrees of freedom after Hillis 2007, covariances ${patients ? 'clustered by patient' : 'between X-rays'}${endpointMethod(endpoint)})${correction === 'holm' && compared > 1 ? `; Holm's correction over ${counted(compared, 'comparison')} keeps the error rate of the whole study at ${alpha}` : ''}.`,
    'An arm was to be called equal to the control only where its interval lies wholly within the margin (two one-sided tests).',
    ...(bootstrap > 0 && classNames(input) === null
      ? [
          `A bootstrap of ${count(bootstrap)} resamples of ${patients ? 'patients' : 'X-rays'}${seeds === 1 ? '' : ' and seeds'} is given as a second look and decides nothing.`,
        ]
      : []),
    ...factorsExplored(verdict),
  ];
}

/** Only effects that could be tested were. */
function factorsExplored({ factors }: StudyVerdict): readonly string[] {
  const tested = factors?.effects.filter(({ p }) => p !== null).length ?? 0;
  if (factors === undefined || tested === 0) return [];
  return [
    `As exploratory analyses, which decide nothing, main effects and interactions of two of the factors ${listed(factors.factors.map(({ name }) => name))} were tested in the same way with means of cells in place of arms (${counted(tested, 'effect')}, with a Holm correction of their own).`,
  ];
}
