import { statSync } from 'node:fs';
import { isChromarayError } from '@chromaray/base';
import type { StudyEvent } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { type OpenedReader, openStudyReader } from '@chromaray/store';
import type { NumberedEvents } from '@chromaray/web';
import type { Workspace } from '../workspace/workspace.js';

/** How often a store is asked for new events while somebody watches, in milliseconds. */
const interval = 150;

/** Milliseconds until a store that could not be read is read once more. */
const settling = 400;

/**
 * A study's events for all pages that watch it, whoever runs the study: read from its store, which is asked again and
 * again while anybody watches and closed when nobody does.
 */
export class StudyEvents implements NumberedEvents<StudyEvent> {
  private readonly wakes = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private opened: { readonly reader: OpenedReader; readonly file: string } | undefined;
  private last = 0;

  constructor(
    private readonly workspace: Workspace,
    private readonly study: string,
  ) {}

  /**
   * A folder that is being deleted loses its files one by one, and a store that is being written may be locked for a moment:
   * what cannot be read is read again a little later, before a page is told that it cannot.
   *
   * @throws ChromarayError `CHROMARAY_WEB_NOT_FOUND` once the study is gone, or is another of the same name;
   *   `CHROMARAY_EVENTS_DAMAGED`, and what reading a store throws
   */
  async after(seq: number, limit: number): Promise<readonly StudyEvent[]> {
    try {
      return this.read(seq, limit);
    } catch (error) {
      if (isChromarayError(error) && error.code === 'CHROMARAY_WEB_NOT_FOUND') throw error;
      await new Promise((resolve) => setTimeout(resolve, settling));
      this.closeReader();
      return this.read(seq, limit);
    }
  }

  private read(seq: number, limit: number): readonly StudyEvent[] {
    const reader = this.reader();
    const { events, damage } = reader.events(seq, limit);
    if (events.length === 0 && damage !== null)
      throw codedError('CHROMARAY_EVENTS_DAMAGED', {
        message: `The events of the study can be read up to number ${seq}: ${damage}.`,
        details: { last: seq },
      });
    if (events.length === 0 && seq > 0 && reader.events(seq - 1, 1).events.length === 0) throw begunAgain(this.study);
    this.last = Math.max(this.last, events.at(-1)?.seq ?? 0);
    return events;
  }

  oldest(): number {
    return 1;
  }

  onNew(wake: () => void): () => void {
    this.wakes.add(wake);
    this.timer ??= setInterval(() => this.look(), interval);
    return () => {
      this.wakes.delete(wake);
      if (this.wakes.size === 0) this.close();
    };
  }

  private look(): void {
    try {
      if (this.reader().events(this.last, 1).events.length === 0) return;
    } catch {
      // The streams find out why when they ask.
    }
    for (const wake of this.wakes) wake();
  }

  /** The reader of the store that is there now: a study may be deleted and made again while somebody watches. */
  private reader(): OpenedReader {
    const folder = this.workspace.study(this.study);
    // The number of a file that is gone may be given to the next.
    const { ino, birthtimeMs } = statSync(folder.store);
    const file = `${ino} ${birthtimeMs}`;
    if (this.opened?.file !== file) {
      this.closeReader();
      this.opened = { reader: openStudyReader(folder), file };
      this.last = 0;
    }
    return this.opened.reader;
  }

  private close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.closeReader();
  }

  private closeReader(): void {
    this.opened?.reader.close();
    this.opened = undefined;
  }
}

/** The event that a reader has seen last is not in the store. */
function begunAgain(study: string) {
  return codedError('CHROMARAY_WEB_NOT_FOUND', {
    message: `The study ${JSON.stringify(study)} that was shown is gone; another of the same name was begun.`,
    remedy: 'Reload the page to see the new one.',
    details: { study },
  });
}

/** The events of each study, shared by all that watch it. */
export class AllEvents {
  private readonly studies = new Map<string, StudyEvents>();

  constructor(private readonly workspace: Workspace) {}

  of(study: string): StudyEvents {
    this.workspace.study(study);
    const known = this.studies.get(study) ?? new StudyEvents(this.workspace, study);
    this.studies.set(study, known);
    return known;
  }
}
