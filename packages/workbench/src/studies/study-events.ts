import { statSync } from 'node:fs';
import type { StudyEvent } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { type OpenedReader, openStudyReader } from '@chromaray/store';
import type { NumberedEvents } from '@chromaray/web';
import type { Workspace } from '../workspace/workspace.js';

/** How often a store is asked for new events while somebody watches, in milliseconds. */
const interval = 150;

/**
 * A study's events for all pages that watch it, whoever runs the study: read from its store, which is asked again and
 * again while anybody watches and closed when nobody does.
 */
export class StudyEvents implements NumberedEvents<StudyEvent> {
  private readonly wakes = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private opened: { readonly reader: OpenedReader; readonly file: number } | undefined;
  private last = 0;

  constructor(
    private readonly workspace: Workspace,
    private readonly study: string,
  ) {}

  /** @throws ChromarayError `CHROMARAY_WEB_NOT_FOUND` once the study is gone; `CHROMARAY_EVENTS_DAMAGED` */
  after(seq: number, limit: number): readonly StudyEvent[] {
    const { events, damage } = this.reader().events(seq, limit);
    if (events.length === 0 && damage !== null)
      throw codedError('CHROMARAY_EVENTS_DAMAGED', {
        message: `The events of the study can be read up to number ${seq}: ${damage}.`,
        details: { last: seq },
      });
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
    const { ino } = statSync(folder.store);
    if (this.opened?.file !== ino) {
      this.opened?.reader.close();
      this.opened = { reader: openStudyReader(folder), file: ino };
      this.last = 0;
    }
    return this.opened.reader;
  }

  private close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.opened?.reader.close();
    this.opened = undefined;
  }
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
