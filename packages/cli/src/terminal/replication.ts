import path from 'node:path';
import { duration, metric, percent } from '@chromaray/base';
import { type ReplicationOutcome, resultRows } from '@chromaray/replicate';
import { formatTable } from './table.js';

/**
 * What a replication came to, for a terminal: the table, each claim, where to read on.
 *
 * @param width characters of a line
 */
export function formatReplication({ result, file, report }: ReplicationOutcome, width: number): string {
  const { claims, cuts, labels, seconds } = result;
  return [
    '',
    formatTable(
      ['network', 'tested on', 'accuracy', 'AUROC', 'sensitivity', 'specificity'],
      resultRows(result).map(({ name, tested, accuracy, auroc, sensitivity, specificity }) => [
        name,
        tested,
        percent(accuracy),
        metric(auroc),
        percent(sensitivity),
        percent(specificity),
      ]),
      width,
    ),
    '',
    ...claims.flatMap(({ claim, outcome, paragraph }) => [`${claim}: ${outcome}`, paragraph, '']),
    labels.note,
    ...(cuts.length === 0 ? [] : ['', 'Cut to be quick:', ...cuts.map((cut) => `  ${cut}`)]),
    '',
    `Report   ${path.relative('', report)}`,
    `Numbers  ${path.relative('', file)}`,
    `Time     ${duration(seconds)}`,
    '',
    'For research use only, not for diagnosis.',
  ].join('\n');
}
