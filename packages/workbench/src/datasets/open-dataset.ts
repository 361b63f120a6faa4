import { type ChildProcess, fork } from 'node:child_process';
import { childEntry, deserializeError } from '@chromaray/base';
import type { Audit } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { type FilePack, openPack } from '@chromaray/imaging';
import { RecentEvents } from '@chromaray/web';
import { z } from 'zod';
import type { DatasetFacts, DatasetMessage, DatasetOrder, DatasetProgress, KnownRecord } from './dataset-order.js';
import { type RecordFilter, type RecordOrder, selectRecords } from './select-records.js';

const errorSchema = z.strictObject({ code: z.string(), message: z.string(), remedy: z.string() });

/** How far a data set has been read. */
export const datasetStateSchema = z.strictObject({
  id: z.string(),
  path: z.string(),
  /** Null when it is ready, or failed. */
  progress: z
    .strictObject({
      phase: z.enum(['reading', 'drawing', 'comparing', 'auditing']),
      done: z.number().int(),
      total: z.number().int(),
    })
    .nullable(),
  error: errorSchema.nullable(),
  /** Null until its files are listed. */
  facts: z
    .strictObject({
      positive: z.string(),
      negative: z.string(),
      classes: z.array(z.string()),
      /** Null while files are being read: until then only names are known. */
      hash: z.string().nullable(),
      records: z.number().int(),
      unreadable: z.array(z.strictObject({ id: z.string(), code: z.string(), reason: z.string() })),
      leftOut: z.array(
        z.strictObject({
          id: z.string(),
          reason: z.string(),
          excluded: z.strictObject({ label: z.string(), time: z.string() }).optional(),
        }),
      ),
    })
    .nullable(),
  audited: z.boolean(),
  /** Sheets come from the pack of thumbnails, at once. */
  drawn: z.boolean(),
});

export type DatasetState = z.infer<typeof datasetStateSchema>;

/** A data set as a process reads it; everything that has come so far can be asked for. */
export class OpenDataset {
  readonly events = new RecentEvents<{ seq: number; state: DatasetState }>(4);
  private readonly child: ChildProcess;
  private progress: DatasetProgress | null = { phase: 'reading', done: 0, total: 0 };
  private failure: Error | undefined;
  private known: DatasetFacts | undefined;
  private byId = new Map<string, KnownRecord>();
  private found: Audit | undefined;
  private pack: FilePack | undefined;
  private seq = 0;
  private selected: { readonly key: string; readonly records: readonly KnownRecord[] } | undefined;

  constructor(
    readonly id: string,
    private readonly order: DatasetOrder,
  ) {
    const { file, execArgv } = childEntry(import.meta.url, './dataset-process');
    this.child = fork(file, [JSON.stringify(order)], {
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child.on('message', (message) => this.take(message as DatasetMessage));
    this.child.on('error', (error) => this.end(error));
    this.child.on('exit', (code) => this.end(code === 0 ? undefined : endedEarly(code)));
  }

  get state(): DatasetState {
    const { records = [], positive, negative, classes, hash, unreadable, leftOut } = this.known ?? {};
    const error = this.failure as (Error & { code?: string; remedy?: string }) | undefined;
    return {
      id: this.id,
      path: this.order.section.path,
      progress: this.progress,
      error:
        error === undefined
          ? null
          : { code: error.code ?? 'CHROMARAY_DEFECT', message: error.message, remedy: error.remedy ?? '' },
      facts:
        this.known === undefined
          ? null
          : {
              ...{ positive: positive!, negative: negative!, classes: [...classes!], hash: hash ?? null },
              ...{ records: records.length, unreadable: [...unreadable!], leftOut: [...leftOut!] },
            },
      audited: this.found !== undefined,
      drawn: this.pack !== undefined,
    };
  }

  /** @throws ChromarayError `CHROMARAY_WEB_NOT_FOUND` until files are listed; the error with which reading ended */
  get facts(): DatasetFacts {
    if (this.known !== undefined) return this.known;
    throw this.failure ?? notYet('The files of the data set are being listed.');
  }

  /** @throws as {@link facts} */
  get audit(): Audit {
    if (this.found !== undefined) return this.found;
    throw this.failure ?? notYet('The data set has not been audited.');
  }

  /** The pack of thumbnails; undefined until it is drawn. */
  get thumbnails(): FilePack | undefined {
    return this.pack;
  }

  /** A record by its id: no file is found any other way. @throws ChromarayError `CHROMARAY_WEB_NOT_FOUND` */
  record(id: string): KnownRecord {
    const record = this.facts && this.byId.get(id);
    if (record !== undefined) return record;
    throw codedError('CHROMARAY_WEB_NOT_FOUND', {
      message: `The data set has no record ${JSON.stringify(id.slice(0, 300))}.`,
      remedy: 'Go back to the list; the data set may have changed.',
      details: { record: id },
    });
  }

  /**
   * Records that fit, in the order asked for. The last selection is kept: a page that scrolls asks for one piece after the other.
   *
   * @throws as {@link facts}, and as {@link audit} where a finding narrows
   */
  select({ sort, order, ...filter }: RecordFilter & RecordOrder): readonly KnownRecord[] {
    // A data set that is not audited yet has all but its findings.
    const [{ records }, audit] = [this.facts, filter.finding === undefined ? undefined : this.audit];
    const key = JSON.stringify([sort, order, Object.entries(filter).sort()]);
    if (this.selected?.key !== key)
      this.selected = { key, records: selectRecords(records, { sort, order, ...filter }, audit) };
    return this.selected.records;
  }

  close(): void {
    this.child.removeAllListeners();
    this.child.kill();
    this.pack?.close();
    this.pack = undefined;
  }

  private take(message: DatasetMessage): void {
    if ('progress' in message) this.progress = message.progress;
    else if ('facts' in message) this.know(message.facts);
    else if ('thumbnails' in message) this.pack = openPack(message.thumbnails);
    else if ('audit' in message) this.found = message.audit;
    else {
      this.end(deserializeError(message.error));
      return;
    }
    if (this.pack !== undefined && (this.found !== undefined || !this.order.audit)) this.progress = null;
    this.tell();
  }

  private know(facts: DatasetFacts): void {
    this.known = facts;
    this.byId = new Map(facts.records.map((record) => [record.id, record]));
    this.selected = undefined;
  }

  private end(error: Error | undefined): void {
    if (this.failure !== undefined || (error === undefined && this.progress === null)) return;
    this.failure = error;
    // Names alone are no data set.
    if (error !== undefined && this.known?.hash === null) this.known = undefined;
    this.progress = null;
    this.tell();
  }

  private tell(): void {
    this.events.add({ seq: ++this.seq, state: this.state });
  }
}

function notYet(message: string) {
  return codedError('CHROMARAY_WEB_NOT_FOUND', {
    message,
    remedy: 'Wait until it is done; the page shows how far it is.',
  });
}

function endedEarly(code: number | null): Error {
  return new Error(`The process that read the data set ended with ${code ?? 'a signal'}.`);
}
