import path from 'node:path';
import { count, moment } from '@chromaray/base';
import { type ReaderState, type ReadersStatus, readersStatus, readReadersFile, readStudy } from '@chromaray/readers';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';

export interface ReadersStatusOptions {
  readonly studies: string;
  readonly json?: boolean;
}

/** What `chromaray readers status <readers.yaml>` does. */
export function readersStatusAction(file: string, { studies, json }: ReadersStatusOptions, context: Context): void {
  const status = readersStatus(readStudy(readReadersFile(file), studies), Date.now());
  if (json) writeJson(context.out, status);
  else printText(context.out, formatStatus(status, lineWidth(context.out)));
}

function formatStatus({ study, registered, readers, deviations, folder }: ReadersStatus, width: number): string {
  const [read, total] = (['read', 'total'] as const).map((key) => readers.reduce((sum, one) => sum + one[key], 0));
  // Sessions that nobody has begun miss nothing yet.
  const shown = deviations.filter(({ kind }) => kind !== 'missing');
  return [
    `${study}: ${count(read!)} of ${count(total!)} readings, registered ${moment(registered)}`,
    '',
    formatTable(
      ['reader', 'state', 'readings', 'of', 'last seen'],
      readers.map((one) => [
        one.reader,
        stateText(one),
        one.read,
        one.total,
        one.last === null ? '–' : moment(one.last),
      ]),
      width,
    ),
    '',
    ...(shown.length === 0
      ? ['Nothing departed from the plan.']
      : [
          'Departures from the plan:',
          ...shown.map(({ reader, what }) => `  ${reader === null ? '' : `${reader}: `}${what}`),
        ]),
    `Folder ${path.relative('', folder) || '.'}`,
  ].join('\n');
}

function stateText({ phase, session, sessions, opens, last }: ReaderState): string {
  if (last === null) return 'not begun';
  if (phase === 'training') return 'practises';
  if (phase === 'finished') return 'finished';
  if (phase === 'waiting') return `waits for session ${session} of ${sessions}, from ${moment(opens!)}`;
  return `session ${session} of ${sessions}`;
}
