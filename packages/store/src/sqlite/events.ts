import { isChromarayError } from '@chromaray/base';
import { decodeHappening, encodeHappening, type StudyEvent, type StudyHappening } from '@chromaray/contracts';
import type { EventLog } from '../ports.js';
import { integer, text } from './column.js';
import type { Connection } from './connection.js';

const columns = { seq: integer('seq'), at: text('at'), content: text('content') };
const selection = 'FROM events WHERE seq > ? ORDER BY seq LIMIT ?';

type StoredEvent = { readonly seq: number; readonly at: string; readonly content: string };

/**
 * Events after a number, in order, up to the first that cannot be read.
 *
 * @param most how many at most; below 0: all
 */
export function selectEvents(connection: Connection, study: string, after: number, most: number): EventLog {
  const { rows, damage } = readUpToDamage(connection, after, most);
  const events: StudyEvent[] = [];
  for (const { seq, at, content } of rows) {
    const happening = Number.isNaN(Date.parse(at)) ? undefined : decodeHappening(content);
    if (happening === undefined) return { events, damage: `event ${seq} is not as it was written` };
    events.push({ seq, at, study, ...happening });
  }
  return { events, damage };
}

/** All at once, which is quick; one by one where that fails. */
function readUpToDamage(
  connection: Connection,
  after: number,
  most: number,
): { readonly rows: readonly StoredEvent[]; readonly damage: string | null } {
  try {
    return { rows: connection.select(columns, selection, after, most), damage: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const rows: StoredEvent[] = [];
  while (rows.length !== most) {
    const last = rows.at(-1)?.seq ?? after;
    try {
      const [row] = connection.select(columns, selection, last, 1);
      if (row === undefined) return { rows, damage: null };
      rows.push(row);
    } catch (error) {
      if (!isDamage(error)) throw error;
      return { rows, damage: (error as Error).message };
    }
  }
  return { rows, damage: null };
}

function isDamage(error: unknown): boolean {
  return isChromarayError(error) && (error as { code?: unknown }).code === 'CHROMARAY_STORE_UNREADABLE';
}

/** Keeps an event; progress takes the place of earlier progress of its phase. @returns its number */
export function insertEvent(connection: Connection, at: string, happening: StudyHappening): number {
  const phase = happening.kind === 'progress' ? happening.phase : null;
  if (phase !== null) connection.run('DELETE FROM events WHERE phase = ?', phase);
  return connection.run(
    'INSERT INTO events (at, phase, content) VALUES (?, ?, ?)',
    ...[at, phase, encodeHappening(happening)],
  );
}
