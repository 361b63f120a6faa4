import { count, counted, interval, level, listed, metric, percent } from '@chromaray/base';
import { endpointName, endpointOf, foldsSentence } from '@chromaray/contracts';
import { capitalised } from '../../kit/capitalised.js';
import { classNames, largestShare } from '../class-names.js';
import type { ReportInput } from '../report-input.js';
import { fact } from './fact.js';

/** What is known of how networks were tested, and what came of it. */
export function evaluation(input: ReportInput) {
  const { verdict, audit, behaviour, explanation, methods, dataset, arms } = input;
  const classes = classNames(input);
  const { endpoint } = verdict;
  const seeds = Math.max(0, ...arms.map(({ trials }) => trials.length));
  const shown = level(1 - endpoint.alpha);
  const control = verdict.arms.find((arm) => arm.control);
  const groups =
    behaviour === undefined
      ? []
      : [...new Set(behaviour.arms.flatMap(({ subgroups }) => subgroups.map(({ by, group }) => `${by} ${group}`)))];
  const known = behaviour !== undefined && behaviour.arms.length > 0;
  const external = methods?.external ?? [];
  return {
    metrics: fact(
      `${capitalised(endpointName(endpoint))} is the endpoint; ${endpoint.metric === 'auroc' ? '' : 'AUROC; '}${classes === null ? '' : 'accuracy and kappa of the called classes, AUROC and sensitivity of each; of two sides '}accuracy, sensitivity, specificity and F1 at a threshold chosen on validation; exploratory: Brier score, log loss, calibration error, net benefit.`,
      'arms',
    ),
    statistics: fact(
      `Paired over ${dataset.patients === null ? 'X-rays (patients are unknown)' : 'patients'} and seeds; ${shown} intervals or higher; ${endpoint.correction === 'holm' ? "Holm's correction over arms" : 'no correction over arms'}; equivalence by two one-sided tests against the margin${classes === null ? `; bootstrap of ${count(endpoint.bootstrap)} resamples as a second look` : ''}.`,
      'comparison',
    ),
    robustness: fact(
      `Every arm was trained with ${counted(seeds, 'seed')}; differences are shown seed by seed.`,
      'comparison',
    ),
    internal: fact(
      verdict.folds === undefined
        ? `The test part was predicted once, at the end: ${counted(verdict.counts.test.records, 'X-ray')}.`
        : `${foldsSentence(verdict)} Every record was predicted once: ${counted(verdict.counts.test.records, 'X-ray')}.`,
      'arms',
    ),
    external:
      external.length === 0
        ? null
        : fact(
            `${listed(external.map(({ name, looks }) => `${name} (${counted(looks, 'look')})`))}; see the folder external.`,
            'repeat',
          ),
    performance:
      control === undefined
        ? null
        : fact(
            `Control ${control.arm}: ${endpointName(endpoint)} ${metric(endpointOf(control).mean)} (${interval(endpointOf(control).interval)}). All arms with intervals in the report.`,
            'arms',
          ),
    calibration: known
      ? fact('Slope, intercept, calibration error, reliability plots and temperature for every network.', 'honesty')
      : null,
    utility: known ? fact('Decision curves of every arm.', 'honesty') : null,
    subgroups: groups.length === 0 ? null : fact(`By ${listed(groups)}, with intervals.`, 'subgroups'),
    explanation:
      explanation === undefined || explanation.explanation.arms.length === 0
        ? null
        : fact(
            'Grad-CAM with the randomisation check, and the share of the evidence at the border and in the centre.',
            'looking',
          ),
    failures: known
      ? fact('The most confident mistakes with their pictures, and how far arms err on the same cases.', 'mistakes')
      : null,
    baselines: fact(
      `Arm against control ${arms.find((arm) => arm.control)?.name ?? ''}; a network that always says ${largestShare(input)?.name ?? dataset.positive} would be right in ${percent(largestShare(input)?.share ?? share(verdict.counts.test))} of the test part.`,
      'arms',
    ),
    shortcuts:
      (behaviour?.shortcuts ?? []).length > 0
        ? fact(
            'Linear classifiers that see only metadata, the border or a thumbnail were tested on the same X-rays as the networks.',
            'shortcuts',
          )
        : audit.checks.includes('label-shortcuts')
          ? fact(
              'The audit measured what AUROC a classifier reaches that sees only metadata, the border or a thumbnail.',
              'audit',
            )
          : null,
    limitations: fact('The limits that every study of this kind has are listed.', 'limits'),
  };
}

function share({ positives, records }: { readonly positives: number; readonly records: number }): number | null {
  return records === 0 ? null : positives / records;
}
