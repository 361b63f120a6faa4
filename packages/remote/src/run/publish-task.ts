import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256, sha256File, temporaryName, writeError } from '@chromaray/base';
import { openPack } from '@chromaray/imaging';
import type { TrialFiles, TrialTask } from '@chromaray/trials';
import type { BlobName, Exchange } from '../exchange/exchange.js';
import { encodeTask } from '../task/task-message.js';

/** What a study tells of itself to the machines that run its trials. */
export interface StudyFacts {
  /** The study's name. */
  readonly study: string;
  /** What one trial is estimated to need. */
  readonly memoryBytes: number;
}

/** Puts what trials read into an exchange, each file once. */
export class TaskPublisher {
  private readonly published = new Map<string, Promise<BlobName>>();

  /** @param scratch folder for what is written on the way */
  constructor(
    private readonly exchange: Exchange,
    private readonly facts: StudyFacts,
    private readonly scratch: string,
  ) {}

  /**
   * Puts packs and weights of a task into the exchange, and the task itself as a file that names them.
   *
   * @throws ChromarayError what opening packs and the exchange throw
   */
  async publish(task: TrialTask, files: TrialFiles, signal: AbortSignal): Promise<BlobName> {
    const blobs = {
      train: await this.pack(files.packs.train, signal),
      validation: await this.pack(files.packs.validation, signal),
      test: await this.pack(files.packs.test, signal),
      ...(files.weights === undefined ? {} : { weights: await this.file(files.weights, signal) }),
    };
    const message = encodeTask(task, { ...this.facts, blobs });
    const file = temporaryName(path.join(this.scratch, 'task'));
    try {
      mkdirSync(this.scratch, { recursive: true });
      writeFileSync(file, message, { mode: 0o600 });
    } catch (error) {
      throw writeError(file, error);
    }
    try {
      const blob = { sha256: sha256(message), bytes: Buffer.byteLength(message) };
      await this.exchange.put(blob, file, signal);
      return blob;
    } finally {
      rmSync(file, { force: true });
    }
  }

  private pack(file: string, signal: AbortSignal): Promise<BlobName> {
    // Refuses a file that is no pack, before it travels.
    openPack(file).close();
    return this.file(file, signal);
  }

  private file(file: string, signal: AbortSignal): Promise<BlobName> {
    const known = this.published.get(file);
    if (known !== undefined) return known;
    const putting = this.put(file, signal);
    this.published.set(file, putting);
    putting.catch(() => this.published.delete(file));
    return putting;
  }

  private async put(file: string, signal: AbortSignal): Promise<BlobName> {
    const blob = { sha256: await sha256File(file), bytes: statSync(file).size };
    await this.exchange.put(blob, file, signal);
    return blob;
  }
}
