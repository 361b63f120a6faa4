import { count, metric, percent } from '@chromaray/base';
import type { FoldBehaviour } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import { dataTable, Measured, type Section } from './section.js';

interface Row {
  readonly arm: string;
  readonly fold: FoldBehaviour;
  readonly networks: FoldBehaviour['networks'];
}

/** How every arm did on each fold; nothing for a study with one split. */
export function foldsSection({ behaviour, arms }: ReportInput): readonly Section[] {
  const folds = behaviour?.folds ?? [];
  const rows = arms.flatMap(({ name: arm }) =>
    folds.flatMap((fold): readonly Row[] => {
      const networks = fold.networks.filter((network) => network.arm === arm);
      return networks.length === 0 ? [] : [{ arm, fold, networks }];
    }),
  );
  if (rows.length === 0) return [];
  const table = dataTable<Row>(
    'table-folds',
    'Every arm on the test part of each fold, mean over seeds, beside the AUROC its standard deviation over seeds. Sensitivity and specificity at the thresholds chosen on the validation part of the same fold.',
    [
      { head: 'Arm', cell: ({ arm }) => arm },
      { head: 'Fold', cell: ({ fold }) => count(fold.fold), kind: 'number' },
      { head: 'X-rays', cell: ({ fold }) => count(fold.records), kind: 'number' },
      { head: 'Positive', cell: ({ fold }) => count(fold.positives), kind: 'number' },
      { head: 'AUROC', cell: ({ networks }) => spread(networks.map(({ auroc }) => auroc)), kind: 'number' },
      {
        head: 'Sensitivity',
        cell: ({ networks }) => percent(mean(networks.map((n) => n.sensitivity))),
        kind: 'number',
      },
      {
        head: 'Specificity',
        cell: ({ networks }) => percent(mean(networks.map((n) => n.specificity))),
        kind: 'number',
      },
      { head: 'Brier', cell: ({ networks }) => metric(mean(networks.map(({ brier }) => brier))), kind: 'number' },
    ],
    rows,
  );
  return [
    {
      id: 'folds',
      title: 'Fold by fold',
      short: 'Fold by fold',
      reading:
        'Folds differ in their X-rays and in what their networks learned from. A fold that stands out is worth looking at: its patients may be others.',
      body: html`${table.html}`,
      tables: [table.plain],
    },
  ];
}

function spread(values: readonly number[]): string | Measured {
  if (values.length === 1) return metric(values[0]!);
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  return new Measured(metric(centre), { note: `\u00b1 ${metric(Math.sqrt(variance))}` });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
