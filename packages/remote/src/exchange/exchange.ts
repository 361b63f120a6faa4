import type { SeenWorker, WorkerNote } from './worker-note.js';

/** Bytes by their content. */
export interface BlobName {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** What a trial came to, as it travels. */
export interface RemoteResult {
  /**
   * What a second run of the trial must give again, letter for letter: its numbers as text, without times and without
   * names of machines.
   */
  readonly numbers: string;
  /** What may differ between two runs: who computed it, how long it took. */
  readonly notes: string;
  /** The trained network; bit for bit the same in a second run. */
  readonly model: BlobName;
}

/** How a result that was published compares with the one that was there. */
export type Published = 'first' | 'same' | 'different';

/**
 * What a coordinator and its workers share: files by content, and by trial its checkpoints and its result. A folder, the
 * coordinator over HTTP and an S3-like store are each one, and pass the same conformance suite.
 *
 * A trial is named by its id, 64 hexadecimal digits. Every method throws the signal's reason after `signal`;
 * `CHROMARAY_EXCHANGE_UNREACHABLE` or `CHROMARAY_EXCHANGE_FULL` when that lasted longer than the exchange's patience,
 * `CHROMARAY_EXCHANGE_REFUSED` for a wrong token or missing permission, `CHROMARAY_EXCHANGE_NAME` for a name that is none.
 */
export interface Exchange {
  /** Its address, without anything secret. */
  readonly address: string;
  /** Whether it can be reached and written, by one try without patience: to be asked before anything is trained. */
  check(signal: AbortSignal): Promise<void>;
  /** Puts a file under its SHA-256 unless it is there. @throws `CHROMARAY_EXCHANGE_DAMAGED` when the file is another */
  put(blob: BlobName, file: string, signal: AbortSignal): Promise<void>;
  /**
   * Brings a blob into `file`: resumed where a connection broke or an earlier process was killed, checked, and there
   * whole or not at all.
   *
   * @throws `CHROMARAY_EXCHANGE_MISSING`, `CHROMARAY_EXCHANGE_DAMAGED`, `CHROMARAY_FILE_WRITE` when this disk is full
   */
  fetch(blob: BlobName, file: string, signal: AbortSignal): Promise<void>;
  /**
   * Keeps what lies in a trial's folder of checkpoints. An older epoch never takes the place of a newer.
   *
   * @returns false when the folder was written to so often that no consistent copy could be taken
   */
  putCheckpoint(trial: string, epoch: number, folder: string, signal: AbortSignal): Promise<boolean>;
  /** Puts the newest checkpoint that is whole in place of `folder`. @returns its epoch, null without one */
  fetchCheckpoint(trial: string, folder: string, signal: AbortSignal): Promise<number | null>;
  /**
   * Publishes a result; only the first wins. A later one that differs in a bit is kept as a conflict.
   *
   * @param model file of the trained network
   */
  publish(trial: string, result: RemoteResult, model: string, signal: AbortSignal): Promise<Published>;
  /** The first result. @throws `CHROMARAY_EXCHANGE_DAMAGED` */
  result(trial: string, signal: AbortSignal): Promise<RemoteResult | null>;
  conflicts(trial: string, signal: AbortSignal): Promise<readonly RemoteResult[]>;
  announce(worker: WorkerNote, signal: AbortSignal): Promise<void>;
  /** Workers whose notes are still valid by the exchange's clock; theirs may be wrong by hours. */
  workers(signal: AbortSignal): Promise<readonly SeenWorker[]>;
  /** A worker's own farewell. */
  leave(worker: string, signal: AbortSignal): Promise<void>;
  cancel(trial: string, signal: AbortSignal): Promise<void>;
  cancelled(trial: string, signal: AbortSignal): Promise<boolean>;
  /** Takes a cancellation back: the trial is wanted again. */
  want(trial: string, signal: AbortSignal): Promise<void>;
  /** Removes a blob, for example a pack when its study is done. */
  removeBlob(blob: BlobName, signal: AbortSignal): Promise<void>;
  /** Removes everything kept of a trial, its networks included. */
  remove(trial: string, signal: AbortSignal): Promise<void>;
}
