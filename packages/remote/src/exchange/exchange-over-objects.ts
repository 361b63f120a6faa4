import { randomUUID } from 'node:crypto';
import { sha256 } from '@chromaray/base';
import { Checkpoints } from './checkpoints/checkpoints.js';
import type { Exchange, RemoteResult } from './exchange.js';
import { bytesContent, fileContent, gather } from './objects/content.js';
import { folderKeys, keys, kindOf, largestBytes } from './objects/keys.js';
import type { Content, ObjectStore } from './objects/object-store.js';
import { damaged, seal, unseal } from './objects/sealed.js';
import { patiently } from './patience.js';
import { mostDamaged, receiveBlob } from './receive-blob.js';
import { type ResultDocument, resultDocumentSchema } from './result-document.js';
import { workerNoteSchema } from './worker-note.js';

/** Seconds after which a note is of no worker that could still be there. */
const forgottenWorker = 86_400;

export interface ExchangeOptions {
  /**
   * Milliseconds for which an operation is tried again while the exchange cannot be reached or is full; of a transfer,
   * since its last progress. Default: five minutes, in which a coordinator can be started again.
   */
  readonly patience?: number;
}

/** What an exchange means, once for every kind of store. */
export function exchangeOver(objects: ObjectStore, { patience = 300_000 }: ExchangeOptions = {}): Exchange {
  const again = <T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> => patiently(patience, signal, attempt);
  const send = async (
    key: string,
    content: Content,
    how: 'once' | 'replace',
    signal: AbortSignal,
  ): Promise<boolean> => {
    for (let tries = 1; ; tries++) {
      try {
        return await again(signal, () => objects.write(key, content, how, signal));
      } catch (error) {
        // A bit may have turned on the way. What is wrong here stays wrong.
        if (tries === mostDamaged || !isDamage(error)) throw error;
      }
    }
  };
  const write = (key: string, document: unknown, how: 'once' | 'replace', signal: AbortSignal): Promise<boolean> => {
    return send(key, bytesContent(seal(document)), how, signal);
  };
  const read = (key: string, signal: AbortSignal): Promise<unknown> =>
    again(signal, async () => {
      const opened = await objects.open(key, 0, signal);
      if (opened === null) return null;
      const most = largestBytes[kindOf(key)!];
      return unseal(key, await gather(opened.bytes, most, () => damaged(key, `it has more than ${most} bytes`)));
    });
  const readResult = async (key: string, trial: string, signal: AbortSignal): Promise<ResultDocument | null> => {
    const document = await read(key, signal);
    if (document === null) return null;
    const parsed = resultDocumentSchema.safeParse(document);
    if (!parsed.success) throw damaged(key, 'it is not of the form of a result', parsed.error);
    if (parsed.data.trial !== trial) throw damaged(key, 'it is the result of another trial');
    return parsed.data;
  };
  const checkpoints = new Checkpoints(objects, patience);

  const exchange: Exchange = {
    address: objects.address,
    check: (signal) => objects.check(signal),

    async put(blob, file, signal) {
      await send(keys.blob(blob.sha256), fileContent(blob, file), 'once', signal);
    },

    fetch: (blob, file, signal) => receiveBlob(objects, { key: keys.blob(blob.sha256), blob, file }, patience, signal),

    putCheckpoint: (trial, epoch, folder, signal) => checkpoints.put(trial, epoch, folder, signal),
    fetchCheckpoint: (trial, folder, signal) => checkpoints.fetch(trial, folder, signal),

    async publish(trial, { numbers, notes, model }, file, signal) {
      await exchange.put(model, file, signal);
      const own: ResultDocument = { format: 1, attempt: randomUUID(), trial, numbers, notes, model };
      for (;;) {
        if (await write(keys.result(trial), own, 'once', signal)) return 'first';
        const first = await readResult(keys.result(trial), trial, signal);
        // Somebody removed it meanwhile.
        if (first === null) continue;
        // The answer to the writing was lost, and it was written again.
        if (first.attempt === own.attempt) return 'first';
        if (outcome(first) === outcome(own)) return 'same';
        await write(keys.conflict(trial, sha256(outcome(own))), own, 'replace', signal);
        return 'different';
      }
    },

    async result(trial, signal) {
      const document = await readResult(keys.result(trial), trial, signal);
      return document === null ? null : travelled(document);
    },

    async conflicts(trial, signal) {
      const listed = await again(signal, () => objects.list(folderKeys.conflicts(trial), signal));
      const found: RemoteResult[] = [];
      for (const { name } of listed) {
        const document = await readResult(keys.conflict(trial, name), trial, signal);
        if (document !== null) found.push(travelled(document));
      }
      return found;
    },

    async announce(note, signal) {
      const worker = workerNoteSchema.parse(note);
      await write(keys.worker(worker.worker), worker, 'replace', signal);
    },

    async workers(signal) {
      const listed = await again(signal, () => objects.list(folderKeys.workers, signal));
      const seen = await Promise.all(
        listed.map(async ({ name, ageSeconds }) => {
          if (ageSeconds > forgottenWorker) await objects.remove(keys.worker(name), signal).catch(() => {});
          if (ageSeconds > 3600) return [];
          // A damaged note is no news of anybody; its worker soon writes another.
          const document = await read(keys.worker(name), signal).catch(onlyDamage);
          const parsed = workerNoteSchema.safeParse(document);
          return parsed.success && parsed.data.validSeconds >= ageSeconds ? [{ ...parsed.data, ageSeconds }] : [];
        }),
      );
      return seen.flat();
    },

    leave: (worker, signal) => again(signal, () => objects.remove(keys.worker(worker), signal)),

    async cancel(trial, signal) {
      await write(keys.cancelled(trial), {}, 'replace', signal);
    },

    cancelled: (trial, signal) =>
      again(signal, async () => {
        const opened = await objects.open(keys.cancelled(trial), 0, signal);
        if (opened === null) return false;
        await gather(opened.bytes, largestBytes.cancelled, () => damaged(keys.cancelled(trial), 'it is too large'));
        return true;
      }),

    want: (trial, signal) => again(signal, () => objects.remove(keys.cancelled(trial), signal)),

    removeBlob: ({ sha256 }, signal) => again(signal, () => objects.remove(keys.blob(sha256), signal)),

    async remove(trial, signal) {
      const results = [
        await exchange.result(trial, signal).catch(onlyDamage),
        ...(await exchange.conflicts(trial, signal).catch(() => [])),
      ];
      const remove = (key: string): Promise<void> => again(signal, () => objects.remove(key, signal));
      for (const { name } of await again(signal, () => objects.list(folderKeys.conflicts(trial), signal)))
        await remove(keys.conflict(trial, name));
      await checkpoints.remove(trial, signal);
      await remove(keys.cancelled(trial));
      await remove(keys.result(trial));
      for (const result of results) if (result !== null) await remove(keys.blob(result.model.sha256));
    },
  };
  return exchange;
}

/** What two runs of one trial must have in common. */
function outcome({ numbers, model }: RemoteResult): string {
  return JSON.stringify([numbers, model.sha256, model.bytes]);
}

function travelled({ numbers, notes, model }: ResultDocument): RemoteResult {
  return { numbers, notes, model };
}

function onlyDamage(error: unknown): null {
  if (isDamage(error)) return null;
  throw error;
}

function isDamage(error: unknown): boolean {
  return (error as { code?: string }).code === 'CHROMARAY_EXCHANGE_DAMAGED';
}
