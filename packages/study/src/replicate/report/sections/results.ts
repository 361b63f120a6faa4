import { count, interval, metric, missing, percent } from '../../../report/format.js';
import { html } from '../../../report/html.js';
import { type Section, table } from '../../../report/sections/section.js';
import type { ReplicationResult } from '../../result.js';
import { type ResultRow, resultRows } from '../../result-rows.js';

/** The original's table beside A, B and C. */
export function resultsSection(result: ReplicationResult): Section {
  const { labels } = result;
  return {
    id: 'results',
    title: "How do the original's numbers compare?",
    short: 'Table',
    body: html`${table<ResultRow>(
      'table-results',
      'Every network, as reported and as replicated. Loss is the binary cross-entropy; accuracy with its 95 % interval (Wilson for A and B, which takes copies for independent; over seeds for C). A and B decide at 0.5, C at the threshold chosen on validation.',
      [
        { head: 'Network', cell: ({ name }) => name },
        { head: 'Trained on', cell: ({ trained }) => trained, kind: 'words' },
        { head: 'Pixels', cell: ({ size }) => size, kind: 'number' },
        { head: 'Epochs', cell: ({ epochs }) => count(epochs), kind: 'number' },
        { head: 'Batch', cell: ({ batch }) => count(batch), kind: 'number' },
        { head: 'Parameters', cell: ({ parameters }) => count(parameters), kind: 'number' },
        {
          head: 'Training loss / accuracy',
          cell: ({ trainLoss, trainAccuracy }) => `${loss(trainLoss)} / ${metric(trainAccuracy)}`,
          kind: 'number',
        },
        { head: 'Tested on', cell: ({ tested }) => tested, kind: 'words' },
        { head: 'Loss', cell: (row) => loss(row.loss), kind: 'number' },
        {
          head: 'Accuracy',
          cell: (row) =>
            html`${percent(row.accuracy, 2)}<span class="line spread">${interval(row.interval, (end) => percent(end))}</span>`,
          kind: 'number',
        },
        { head: 'AUROC', cell: ({ auroc }) => metric(auroc), kind: 'number' },
        {
          head: html`${labels.positive} found (sensitivity)`,
          cell: ({ sensitivity }) => percent(sensitivity),
          kind: 'number',
        },
        {
          head: html`${labels.negative} cleared (specificity)`,
          cell: ({ specificity }) => percent(specificity),
          kind: 'number',
        },
      ],
      resultRows(result),
    )}
<p>${labels.note}</p>`,
  };
}

/** Losses range over seven orders of magnitude. */
function loss(value: number | null): string {
  if (value === null) return missing;
  return value >= 0.001 || value === 0 ? metric(value) : value.toExponential(1);
}
