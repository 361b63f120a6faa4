import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BlobName, Exchange } from './exchange.js';
import type { WorkerNote } from './worker-note.js';

/** An exchange to test, and a way to spoil what it holds. */
export interface TestedExchange {
  readonly exchange: Exchange;
  /** Turns a bit of an object where it is stored. */
  spoil(key: string): Promise<void> | void;
  stop(): Promise<void> | void;
}

const never = new AbortController().signal;

export function trialId(name: string): string {
  return sha256(name);
}

const busy = { trial: trialId('a'), study: 's', arm: 'gray', seed: 1, epoch: 3 };

export function note(worker: string, changes: Partial<WorkerNote> = {}): WorkerNote {
  return {
    ...{ worker, host: 'lab-2', version: '0.1.0', node: 20, processor: 'x64 avx2', threads: 8 },
    ...{ memoryBytes: 2 ** 34, freeMemoryBytes: 2 ** 33 },
    offers: [{ backend: 'onnxruntime', version: '1.27.0', provider: 'cpu', precisions: ['float32'] }],
    doing: [],
    validSeconds: 60,
    ...changes,
  };
}

/** Bytes without a pattern that a damaged transfer could hide in. */
export function noise(bytes: number, seed = 1): Buffer {
  const made = Buffer.allocUnsafe(bytes);
  let state = seed >>> 0 || 1;
  for (let i = 0; i < bytes; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    made[i] = state >>> 24;
  }
  return made;
}

export function blobOf(content: Uint8Array): BlobName {
  return { sha256: sha256(content), bytes: content.length };
}

/** What every exchange does. */
export function conforms(name: string, start: () => Promise<TestedExchange>): void {
  describe(`${name}, as every exchange`, () => {
    let tested: TestedExchange;
    let exchange: Exchange;
    let folder: string;
    let files = 0;

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'chromaray-exchange-'));
      tested = await start();
      exchange = tested.exchange;
    });
    afterAll(async () => {
      await tested?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const file = (): string => path.join(folder, `file-${files++}`);
    const written = (content: Uint8Array | string): string => {
      const name = file();
      writeFileSync(name, content);
      return name;
    };
    const publish = (trial: string, numbers: string, model: Buffer, notes = 'at once') =>
      exchange.publish(trial, { numbers, notes, model: blobOf(model) }, written(model), never);

    it('can be asked whether it is there', async () => {
      await exchange.check(never);
    });

    it.each([0, 1, 70_000, 3_000_000])('brings back a blob of %d bytes', async (bytes) => {
      const content = noise(bytes, bytes + 1);
      await exchange.put(blobOf(content), written(content), never);
      await exchange.put(blobOf(content), written(content), never);
      const target = path.join(folder, 'deep', 'er', `blob-${bytes}`);
      await exchange.fetch(blobOf(content), target, never);
      expect(readFileSync(target).equals(content)).toBe(true);
      expect(statSync(target).mode & 0o077).toBe(0);
      expect(readdirSync(path.dirname(target)).filter((name) => name.startsWith('.'))).toEqual([]);
    });

    it('refuses a blob whose bytes are not those of its name, and keeps nothing of it', async () => {
      const content = noise(1000, 7);
      const wrong = { ...blobOf(content), sha256: trialId('another') };
      await expect(exchange.put(wrong, written(content), never)).rejects.toMatchObject({
        code: 'CHROMARAY_EXCHANGE_DAMAGED',
      });
      await expect(exchange.fetch(wrong, file(), never)).rejects.toMatchObject({ code: 'CHROMARAY_EXCHANGE_MISSING' });
    });

    it('refuses a file that is shorter or longer than was said', async () => {
      const content = noise(1000, 8);
      for (const bytes of [999, 1001]) {
        const wrong = { ...blobOf(content), bytes };
        await expect(exchange.put(wrong, written(content), never)).rejects.toThrow();
        await expect(exchange.fetch(wrong, file(), never)).rejects.toMatchObject({
          code: 'CHROMARAY_EXCHANGE_MISSING',
        });
      }
    });

    it('says so when a blob is not there, or not of the size stated', async () => {
      const content = noise(500, 9);
      await expect(exchange.fetch(blobOf(content), file(), never)).rejects.toMatchObject({
        code: 'CHROMARAY_EXCHANGE_MISSING',
      });
      await exchange.put(blobOf(content), written(content), never);
      await expect(exchange.fetch({ ...blobOf(content), bytes: 400 }, file(), never)).rejects.toMatchObject({
        code: 'CHROMARAY_EXCHANGE_DAMAGED',
      });
      await exchange.removeBlob(blobOf(content), never);
      await expect(exchange.fetch(blobOf(content), file(), never)).rejects.toMatchObject({
        code: 'CHROMARAY_EXCHANGE_MISSING',
      });
    });

    it('never brings a damaged blob', async () => {
      const content = noise(200_000, 10);
      await exchange.put(blobOf(content), written(content), never);
      await tested.spoil(`blobs/${blobOf(content).sha256}`);
      const target = file();
      await expect(exchange.fetch(blobOf(content), target, never)).rejects.toMatchObject({
        code: 'CHROMARAY_EXCHANGE_DAMAGED',
      });
      expect(() => statSync(target)).toThrow();
    });

    it('keeps the first of the results of a trial, compares later ones with it, and keeps those that differ', async () => {
      const trial = trialId('results');
      const model = noise(5000, 11);
      expect(await exchange.result(trial, never)).toBeNull();
      expect(await publish(trial, '[0.25]', model, 'one')).toBe('first');
      expect(await publish(trial, '[0.25]', model, 'two')).toBe('same');
      expect(await exchange.conflicts(trial, never)).toEqual([]);
      expect(await publish(trial, '[0.5]', model, 'three')).toBe('different');
      expect(await publish(trial, '[0.5]', model, 'four')).toBe('different');
      const other = noise(5000, 12);
      expect(await publish(trial, '[0.25]', other)).toBe('different');
      expect(await exchange.result(trial, never)).toEqual({ numbers: '[0.25]', notes: 'one', model: blobOf(model) });
      const conflicts = await exchange.conflicts(trial, never);
      expect(conflicts.map(({ numbers, model }) => [numbers, model.sha256]).sort()).toEqual(
        [
          ['[0.25]', blobOf(other).sha256],
          ['[0.5]', blobOf(model).sha256],
        ].sort(),
      );
      const target = file();
      await exchange.fetch(blobOf(other), target, never);
      expect(readFileSync(target).equals(other)).toBe(true);
    });

    it('publishes a result only with the network that it names', async () => {
      const trial = trialId('without network');
      const model = noise(100, 13);
      await expect(
        exchange.publish(trial, { numbers: '1', notes: '', model: blobOf(model) }, written('another'), never),
      ).rejects.toThrow();
      expect(await exchange.result(trial, never)).toBeNull();
    });

    it('lets exactly one of several publishers be the first', async () => {
      for (let race = 0; race < 10; race++) {
        const trial = trialId(`race ${race}`);
        const model = noise(300, 14);
        const outcomes = await Promise.all(
          ['a', 'a', 'a', 'b'].map((numbers, i) => publish(trial, numbers, model, `worker ${i}`)),
        );
        expect(outcomes.filter((outcome) => outcome === 'first')).toHaveLength(1);
        const first = (await exchange.result(trial, never))!;
        const different = ['a', 'a', 'a', 'b'].filter((numbers) => numbers !== first.numbers).length;
        expect(outcomes.filter((outcome) => outcome === 'different')).toHaveLength(different);
        expect(await exchange.conflicts(trial, never)).toHaveLength(1);
      }
    });

    it('says that a result is damaged, and publishes over none', async () => {
      const trial = trialId('damaged result');
      await publish(trial, '[1]', noise(10, 15));
      await tested.spoil(`trials/${trial}/result`);
      const fault = { code: 'CHROMARAY_EXCHANGE_DAMAGED' };
      await expect(exchange.result(trial, never)).rejects.toMatchObject(fault);
      await expect(publish(trial, '[1]', noise(10, 15))).rejects.toMatchObject(fault);
      await exchange.remove(trial, never);
      expect(await publish(trial, '[1]', noise(10, 15))).toBe('first');
    });

    const checkpoint = (content: Readonly<Record<string, string>>): string => {
      const made = path.join(folder, `checkpoint-${files++}`);
      mkdirSync(made);
      for (const [name, text] of Object.entries(content)) writeFileSync(path.join(made, name), text);
      return made;
    };
    const restored = async (trial: string): Promise<readonly [number | null, Readonly<Record<string, string>>]> => {
      const target = path.join(folder, `restored-${files++}`);
      const epoch = await exchange.fetchCheckpoint(trial, target, never);
      if (epoch === null) return [null, {}];
      return [
        epoch,
        Object.fromEntries(readdirSync(target).map((name) => [name, readFileSync(path.join(target, name), 'utf8')])),
      ];
    };

    it('restores the newest checkpoint, whatever the order in which they came', async () => {
      const trial = trialId('checkpoints');
      expect(await restored(trial)).toEqual([null, {}]);
      const put = (epoch: number, text: string) =>
        exchange.putCheckpoint(
          trial,
          epoch,
          checkpoint({ 'last.checkpoint': text, 'best-0001.checkpoint': '' }),
          never,
        );
      await put(2, 'second');
      expect(await restored(trial)).toEqual([2, { 'last.checkpoint': 'second', 'best-0001.checkpoint': '' }]);
      await put(10, 'tenth');
      await put(9, 'ninth');
      await put(1, 'first');
      expect((await restored(trial))[0]).toBe(10);
      await put(10, 'tenth');
      expect((await restored(trial))[1]['last.checkpoint']).toBe('tenth');
    });

    it('puts a restored checkpoint in place of what lay there', async () => {
      const trial = trialId('in place');
      await exchange.putCheckpoint(trial, 1, checkpoint({ 'last.checkpoint': 'new' }), never);
      const target = checkpoint({ 'last.checkpoint': 'old', 'next.checkpoint': 'old' });
      expect(await exchange.fetchCheckpoint(trial, target, never)).toBe(1);
      expect(readdirSync(target)).toEqual(['last.checkpoint']);
    });

    it('restores the checkpoint before where the newest is damaged, and none where all are', async () => {
      const trial = trialId('damaged checkpoint');
      const archive = async (epoch: number, text: string): Promise<string> => {
        await exchange.putCheckpoint(trial, epoch, checkpoint({ 'last.checkpoint': text }), never);
        const table = JSON.stringify([{ name: 'last.checkpoint', bytes: text.length }]);
        const length = Buffer.alloc(4);
        length.writeUInt32LE(table.length);
        const content = Buffer.concat([Buffer.from('CHRCKPT1'), length, Buffer.from(table + text)]);
        return `trials/${trial}/checkpoints/${String(epoch).padStart(8, '0')}-${sha256(content)}`;
      };
      const [first, second] = [await archive(1, 'first'), await archive(2, 'second')];
      await tested.spoil(second);
      expect(await restored(trial)).toEqual([1, { 'last.checkpoint': 'first' }]);
      await tested.spoil(first);
      expect(await restored(trial)).toEqual([null, {}]);
    });

    it('knows which workers are there, and forgets those that do not announce themselves again', async () => {
      await exchange.announce(note('lab-1.4711', { doing: [busy] }), never);
      await exchange.announce(note('short', { validSeconds: 1 }), never);
      await exchange.announce(note('leaving'), never);
      await exchange.leave('leaving', never);
      const seen = await exchange.workers(never);
      expect(seen.map(({ worker }) => worker)).toEqual(['lab-1.4711', 'short']);
      expect(seen[0]).toMatchObject(note('lab-1.4711', { doing: [busy] }));
      expect(seen[0]!.ageSeconds).toBeLessThan(60);
      await tested.spoil('workers/lab-1.4711');
      await exchange.announce(note('short', { validSeconds: 30 }), never);
      await expect.poll(async () => (await exchange.workers(never)).map(({ worker }) => worker)).toEqual(['short']);
    });

    it('passes on that a trial is cancelled, and wanted again', async () => {
      const trial = trialId('cancelled');
      expect(await exchange.cancelled(trial, never)).toBe(false);
      await exchange.cancel(trial, never);
      await exchange.cancel(trial, never);
      expect(await exchange.cancelled(trial, never)).toBe(true);
      await exchange.want(trial, never);
      expect(await exchange.cancelled(trial, never)).toBe(false);
    });

    it('removes everything of a trial', async () => {
      const trial = trialId('removed');
      const model = noise(400, 16);
      await publish(trial, '[1]', model);
      await publish(trial, '[2]', model);
      await exchange.putCheckpoint(trial, 1, checkpoint({ 'last.checkpoint': 'x' }), never);
      await exchange.cancel(trial, never);
      await exchange.remove(trial, never);
      await exchange.remove(trial, never);
      expect(await exchange.result(trial, never)).toBeNull();
      expect(await exchange.conflicts(trial, never)).toEqual([]);
      expect(await exchange.cancelled(trial, never)).toBe(false);
      expect(await restored(trial)).toEqual([null, {}]);
      await expect(exchange.fetch(blobOf(model), file(), never)).rejects.toMatchObject({
        code: 'CHROMARAY_EXCHANGE_MISSING',
      });
    });

    const bad = [
      '',
      '.',
      '..',
      '../x',
      '/etc/passwd',
      '%2e%2e',
      'A'.repeat(64),
      `${'a'.repeat(63)}/`,
      `${'a'.repeat(64)}\n`,
      'a\0b',
    ];
    it.each(bad)('has nothing under the name %j', async (name) => {
      const fault = { code: 'CHROMARAY_EXCHANGE_NAME' };
      const blob = { sha256: name, bytes: 1 };
      const model = blobOf(Buffer.from('x'));
      const tries = [
        () => exchange.put(blob, written('x'), never),
        () => exchange.fetch(blob, file(), never),
        () => exchange.result(name, never),
        () => exchange.publish(name, { numbers: '', notes: '', model }, written('x'), never),
        () => exchange.publish(trialId('x'), { numbers: '', notes: '', model: blob }, written('x'), never),
        () => exchange.putCheckpoint(name, 1, checkpoint({ a: '' }), never),
        () => exchange.putCheckpoint(trialId('x'), -1, checkpoint({ a: '' }), never),
        () => exchange.fetchCheckpoint(name, file(), never),
        () => exchange.conflicts(name, never),
        () => exchange.cancel(name, never),
        () => exchange.cancelled(name, never),
        () => exchange.want(name, never),
        () => exchange.remove(name, never),
        () => exchange.removeBlob(blob, never),
      ];
      for (const attempt of tries) await expect((async () => attempt())()).rejects.toMatchObject(fault);
      if (!/^[A-Z]+$/.test(name))
        await expect((async () => exchange.leave(name, never))()).rejects.toMatchObject(fault);
    });

    it('stops at once when told so', async () => {
      const stopped = AbortSignal.abort(new Error('enough'));
      const model = noise(10, 17);
      for (const attempt of [
        () => exchange.put(blobOf(model), written(model), stopped),
        () => exchange.fetch(blobOf(model), file(), stopped),
        () => exchange.result(trialId('stopped'), stopped),
        () => exchange.workers(stopped),
      ])
        await expect(attempt()).rejects.toThrow('enough');
    });
  });
}
