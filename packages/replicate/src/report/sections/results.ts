import { count, interval, metric, missing, percent, significant } from '@chromaray/base';
import type { ReplicationResult } from '@chromaray/contracts';
import { type Column, html, type Section, table } from '@chromaray/pages';
import { type ResultRow, resultRows } from '../../result-rows.js';

/** The original's table beside A, B and C. */
export function resultsSection(result: ReplicationResult): Section {
  const { labels } = result;
  const rows = resultRows(result);
  const name: Column<ResultRow> = { head: 'Network', cell: (row) => row.name };
  return {
    id: 'results',
    title: "How do the original's numbers compare?",
    short: 'Table',
    body: html`${table<ResultRow>(
      'table-results',
      'Every network, as reported and as replicated, on the pictures it was tested on. Accuracy with its 95 % interval: Wilson for A and B, which takes copies for independent; over seeds for C. Loss is the binary cross-entropy. A and B decide at 0.5, C at the threshold chosen on validation.',
      [
        name,
        { head: 'Tested on', cell: ({ tested }) => tested, kind: 'words' },
        {
          head: 'Accuracy',
          cell: (row) =>
            html`${percent(row.accuracy, 2)}<span class="line spread">${interval(row.interval, (end) => percent(end))}</span>`,
          kind: 'number',
        },
        { head: 'Loss', cell: (row) => loss(row.loss), kind: 'number' },
        { head: 'AUROC', cell: ({ auroc }) => metric(auroc), kind: 'number' },
        {
          head: html`Sensitivity (${labels.positive})`,
          cell: ({ sensitivity }) => percent(sensitivity),
          kind: 'number',
        },
        {
          head: html`Specificity (${labels.negative})`,
          cell: ({ specificity }) => percent(specificity),
          kind: 'number',
        },
      ],
      rows,
    )}
${table<ResultRow>(
  'table-training',
  'How each of them was trained. Training loss and accuracy are those of the epoch whose weights were tested, mean over seeds for C.',
  [
    name,
    { head: 'Trained on', cell: ({ trained }) => trained, kind: 'words' },
    { head: 'Pixels', cell: ({ size }) => size, kind: 'number' },
    { head: 'Epochs', cell: ({ epochs }) => count(epochs), kind: 'number' },
    { head: 'Batch', cell: ({ batch }) => count(batch), kind: 'number' },
    { head: 'Parameters', cell: ({ parameters }) => count(parameters), kind: 'number' },
    { head: 'Training loss', cell: ({ trainLoss }) => loss(trainLoss), kind: 'number' },
    { head: 'Training accuracy', cell: ({ trainAccuracy }) => percent(trainAccuracy, 2), kind: 'number' },
  ],
  rows,
)}
<p>${labels.note}</p>`,
  };
}

/** Losses range over seven orders of magnitude. */
function loss(value: number | null): string {
  if (value === null) return missing;
  return value >= 0.001 || value === 0 ? metric(value) : significant(value, 2);
}
