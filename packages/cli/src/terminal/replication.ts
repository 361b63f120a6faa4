import path from 'node:path';
import { type ReplicationOutcome, resultRows } from '@chromaray/replicate';
import { formatPercent, formatSeconds } from './format.js';
import { formatTable } from './table.js';
import { wrap } from './wrap.js';

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
        formatPercent(accuracy),
        auroc === null ? '–' : auroc.toFixed(3),
        sensitivity === null ? '–' : formatPercent(sensitivity),
        specificity === null ? '–' : formatPercent(specificity),
      ]),
      width,
    ),
    '',
    ...claims.flatMap(({ claim, outcome, paragraph }) => [`${claim}: ${outcome}`, wrap(paragraph, width), '']),
    wrap(labels.note, width),
    ...(cuts.length === 0 ? [] : ['', 'Cut to be quick:', ...cuts.map((cut) => `  ${cut}`)]),
    '',
    `Report   ${path.relative('', report)}`,
    `Numbers  ${path.relative('', file)}`,
    `Time     ${formatSeconds(seconds)}`,
    '',
    'For research use only, not for diagnosis.',
  ].join('\n');
}
