import { canonicalJson } from '@chromaray/base';
import { type ReaderEvent, type ReaderHappening, readerHappening } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { integer, json, text } from '../sqlite/column.js';
import type { Connection } from '../sqlite/connection.js';
import { openForReading, openForWriting } from '../sqlite/open.js';
import { readingsStore } from './schema.js';

/** What readers did, for the one process that writes it down. */
export interface Readings {
  /** All events so far, in the order of their numbers. */
  events(): readonly ReaderEvent[];
  /** Those of one reader. */
  of(reader: string): readonly ReaderEvent[];
  /** The event of this id. */
  find(id: string): ReaderEvent | undefined;
  /**
   * Keeps an event; when this returns, it survives a killed process and a power cut.
   *
   * @param event its id is made by whoever sends it: one that is kept already is not kept again
   * @returns the event as it is kept
   * @throws ChromarayError `CHROMARAY_READERS_EVENT` for another event under a number that is taken;
   *   `CHROMARAY_FILE_WRITE` on a full disk: then nothing is kept
   */
  add(event: NewEvent): ReaderEvent;
  close(): void;
}

export interface NewEvent {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reader: string;
  readonly happening: ReaderHappening;
}

/** Opens `readings.db`, making it where there is none. @throws as `openStudyStore` */
export function openReadings(file: string): Readings {
  const { connection, close } = openForWriting(file, readingsStore);
  const events = [...selectEvents(connection)];
  const byId = new Map(events.map((event) => [event.id, event]));
  const byReader = new Map<string, ReaderEvent[]>();
  const of = (reader: string): ReaderEvent[] => {
    const known = byReader.get(reader) ?? [];
    byReader.set(reader, known);
    return known;
  };
  for (const event of events) of(event.reader).push(event);
  return {
    events: () => events,
    of,
    find: (id) => byId.get(id),
    add(event) {
      const kept = byId.get(event.id);
      if (kept !== undefined) return sameOrRefused(kept, event);
      const { id, at, reader, happening } = event;
      const seq = connection.transaction(() =>
        connection.run(
          'INSERT INTO events (id, at, reader, content) VALUES (?, ?, ?, ?)',
          ...[id, at, reader, canonicalJson(happening)],
        ),
      );
      const added: ReaderEvent = { ...happening, seq, id, at, reader };
      events.push(added);
      of(reader).push(added);
      byId.set(id, added);
      return added;
    },
    close,
  };
}

/** The events in `readings.db`; nothing in it is changed. @throws as `openStudyReader` */
export function readReadings(file: string): readonly ReaderEvent[] {
  const { connection, close } = openForReading(file, readingsStore);
  try {
    return selectEvents(connection);
  } finally {
    close();
  }
}

const columns = {
  seq: integer('seq'),
  id: text('id'),
  at: text('at'),
  reader: text('reader'),
  content: json('content', (value): value is ReaderHappening => readerHappening.safeParse(value).success),
};

function selectEvents(connection: Connection): readonly ReaderEvent[] {
  return connection
    .select(columns, 'FROM events ORDER BY seq')
    .map(({ content, ...event }): ReaderEvent => ({ ...content, ...event }));
}

function sameOrRefused(kept: ReaderEvent, { id, reader, happening }: NewEvent): ReaderEvent {
  const { seq, at } = kept;
  if (canonicalJson(kept) === canonicalJson({ ...happening, seq, id, at, reader })) return kept;
  throw codedError('CHROMARAY_READERS_EVENT', {
    message: `The event ${id} of ${reader} is kept already, with another content.`,
    details: { id },
  });
}
