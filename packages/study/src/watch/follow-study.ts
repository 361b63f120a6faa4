import { setTimeout as wait } from 'node:timers/promises';
import type { ChromarayError } from '@chromaray/base';
import type { StudyEvent } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { isHeld, openStudyReader, type StudyReader } from '@chromaray/store';
import { findStudy } from '../run/find-study.js';

export interface FollowOptions {
  /** Folder that holds studies. */
  readonly studies: string;
  /** Number of the first event. Default: where the last run started. */
  readonly from?: number | undefined;
  readonly signal?: AbortSignal;
  /** How often the store is read. */
  readonly pollMilliseconds?: number;
}

/**
 * Everything that happened in a study, then what happens, until its run is over: it ended, or its process did. Reads
 * the store only, and so follows a run of any process.
 *
 * @throws ChromarayError `CHROMARAY_STUDY_MISSING`; `CHROMARAY_EVENTS_DAMAGED` after the last event that can be read
 */
export async function* followStudy(study: string, options: FollowOptions): AsyncGenerator<StudyEvent, void, void> {
  const { from, signal, pollMilliseconds = 500 } = options;
  const folder = findStudy(study, options.studies);
  const reader = openStudyReader(folder);
  try {
    let last = (from ?? lastStart(reader)) - 1;
    for (;;) {
      // Asked first: what a run has written before it gave the folder free is read after.
      const running = isHeld(folder.lock);
      const { events, damage } = reader.events(last);
      for (const event of events) {
        yield event;
        last = event.seq;
      }
      if (damage !== null) throw damaged(folder.store, last, damage);
      if (!running || signal?.aborted) return;
      await pause(pollMilliseconds, signal);
    }
  } finally {
    reader.close();
  }
}

function lastStart(reader: StudyReader): number {
  return reader.events().events.findLast(({ kind }) => kind === 'run-started')?.seq ?? 1;
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    // Stopped by the signal: one more look, then the end.
  }
}

function damaged(file: string, last: number, damage: string): ChromarayError {
  return codedError('CHROMARAY_EVENTS_DAMAGED', {
    message: `The events in ${file} can be read up to number ${last}: ${damage}`,
    details: { file, last },
  });
}
