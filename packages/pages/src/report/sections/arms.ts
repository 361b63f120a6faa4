import { count, interval, level, metric, missing } from '@chromaray/base';
import {
  type ArmResult,
  type Endpoint,
  endpointName,
  endpointOf,
  type MetricSummary,
  testedOn,
} from '@chromaray/contracts';
import { capitalised } from '../../kit/capitalised.js';
import { html } from '../../kit/html.js';
import type { ReportArm, ReportInput } from '../report-input.js';
import { armName, plainArmName } from './arm-name.js';
import { type Column, dataTable, Measured, type Section } from './section.js';

interface Row {
  readonly arm: ReportArm;
  readonly result: ArmResult | undefined;
}

/** How good each arm is by itself. */
export function armsSection({ verdict, arms, dataset }: ReportInput): Section {
  const rows: Row[] = arms.map((arm) => ({ arm, result: verdict.arms.find((result) => result.arm === arm.name) }));
  const { endpoint } = verdict;
  const { records, positives, negatives } = verdict.counts.test;
  const measured = (head: string, of: (result: ArmResult) => MetricSummary): Column<Row> => ({
    head,
    cell: ({ result }) => (result === undefined ? missing : summary(of(result))),
    kind: 'number',
  });
  const first: Column<Row> = { head: 'Arm', cell: ({ arm }) => armName(arm), text: ({ arm }) => plainArmName(arm) };
  const performance = dataTable<Row>(
    'table-arms',
    `${capitalised(verdict.folds === undefined ? 'test part' : testedOn(verdict))}, ${count(records)} X-rays: ${count(positives)} ${dataset.positive}, ${count(negatives)} ${dataset.negative}. Mean over seeds \u00b1 standard deviation between seeds; below it the ${level(1 - verdict.endpoint.alpha)} interval. ${atThreshold(endpoint)} at the threshold chosen on the validation part.`,
    [
      first,
      ...(endpoint.metric === 'auroc' && endpoint.class === undefined
        ? []
        : [measured(`${capitalised(endpointName(endpoint))} (endpoint)`, endpointOf)]),
      measured('AUROC', (result) => result.auroc),
      measured('Accuracy', (result) => result.accuracy),
      measured('Sensitivity', (result) => result.sensitivity),
      measured('Specificity', (result) => result.specificity),
      measured('F1', (result) => result.f1),
    ],
    rows,
  );
  return {
    id: 'arms',
    title: 'How good each arm is by itself',
    short: 'Each arm',
    reading:
      'These numbers say how good an arm is, not whether it is better: intervals of two arms may overlap although the arms differ, because both were tested on the same X-rays. For that, read the differences above.',
    body: html`${performance.html}`,
    tables: [performance.plain],
  };
}

/** What is measured at the threshold that the study decides with. */
function atThreshold({ metric: of, class: one }: Endpoint): string {
  if (one !== undefined) return 'All but the endpoint and AUROC';
  if (of === 'auroc' || of === 'balanced-accuracy') return 'All but AUROC';
  return of === 'sensitivity' || of === 'specificity'
    ? 'The endpoint at a threshold of its own; all else but AUROC'
    : 'All but the endpoint and AUROC';
}

function summary({ mean, sd, interval: ends }: MetricSummary): Measured {
  return new Measured(metric(mean), { spread: sd === null ? null : metric(sd), interval: interval(ends) });
}
