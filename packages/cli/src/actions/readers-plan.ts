import { count, percent } from '@chromaray/base';
import {
  analysedTable,
  mrmcComponents,
  type PublishedComponents,
  planningComponents,
  publishedComponents,
  type VarianceComponents,
} from '@chromaray/evidence';
import { planReaders } from '@chromaray/results';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';
import { readingsFrom } from './readings-file.js';

export interface ReadersPlanOptions {
  readonly pilot?: string;
  readonly published: keyof typeof publishedComponents;
  readonly difference: number;
  readonly power: number;
  readonly alpha: number;
  readonly comparisons: number;
  readonly counts: readonly number[];
  readonly json?: boolean;
}

const generality = { readers: 'random', cases: 'random' } as const;

/** What `chromaray readers plan` does. */
export async function readersPlanAction(options: ReadersPlanOptions, context: Context): Promise<void> {
  const { difference, power, alpha, comparisons, counts, pilot, published } = options;
  const { source, ...components } = pilot === undefined ? publishedComponents[published] : fromPilot(pilot);
  const plans = planReaders(components, counts, { difference, power, alpha, comparisons, generality });
  if (options.json) {
    writeJson(context.out, { source, components, difference, power, alpha, comparisons, plans });
    return;
  }
  const lines = plans.map(({ readers, cases, readings }) => [
    String(readers),
    cases === null ? 'more readers needed' : count(cases),
    cases === null ? '–' : count(readings),
  ]);
  printText(
    context.out,
    [
      `To find a difference of ${difference} in AUC with ${percent(power, 0)} power (alpha ${alpha}${comparisons === 1 ? '' : `, ${comparisons} comparisons`}), readers and cases random:`,
      '',
      formatTable(['readers', 'cases', 'readings in all'], lines, lineWidth(context.out)),
      '',
      `Components of variance: ${source}.`,
      'Every reader reads every case in every arm; positive and negative cases in the proportion of that study.',
    ].join('\n'),
  );
}

function fromPilot(file: string): VarianceComponents & Pick<PublishedComponents, 'source'> {
  const { table } = analysedTable(readingsFrom(file), generality);
  return { source: `the pilot ${file}`, ...planningComponents(mrmcComponents(table, { of: 'auc' }, 'jackknife')) };
}
