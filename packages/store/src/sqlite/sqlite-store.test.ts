import { fork } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { childEntry } from '@chromaray/base';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdFolder } from '../lock.js';
import { gray, planned, predictions, start, summary, turbo } from '../store-samples.test-support.js';
import { studyFolder } from '../study-folder.js';
import { openStudyReader, openStudyStore } from './sqlite-store.js';

let folder: string;
let study: ReturnType<typeof studyFolder>;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-sqlite-'));
  study = studyFolder(folder, 'tiny');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function code(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return undefined;
}

/** Changes a store behind its back. */
function tamper(sql: string): void {
  const raw = new Database(study.store);
  raw.exec(sql);
  raw.close();
}

function finishedStudy(): void {
  const store = openStudyStore(study.store);
  store.plan([planned, { ...turbo, fingerprint: 'b' }]);
  for (const trial of [gray, turbo]) store.complete(trial, summary, predictions);
  store.close();
}

describe('a store that is opened again', () => {
  it('holds what was committed before its process was killed', async () => {
    const { file: entry, execArgv } = childEntry(import.meta.url, './killed-writer.test-support');
    const child = fork(entry, [study.store], { execArgv: [...execArgv] });
    await new Promise((resolve) => child.once('exit', resolve));
    expect(child.signalCode).toBe('SIGKILL');
    const store = openStudyReader(study);
    expect(store.trial(gray)?.status).toBe('interrupted');
    expect(store.epochs(gray)).toHaveLength(2);
    expect(store.events()).toMatchObject({ events: [{ seq: 1, kind: 'trial-started' }], damage: null });
    store.close();
  });

  it('shows a trial as running to readers while a run holds the study, and changes nothing in the file', () => {
    const store = openStudyStore(study.store);
    store.plan([planned]);
    store.start(gray, start);
    store.close();
    const before = readFileSync(study.store);
    const status = () => {
      const reader = openStudyReader(study);
      const trial = reader.trial(gray);
      expect(reader.trials()).toEqual([trial]);
      reader.close();
      return trial?.status;
    };
    expect(status()).toBe('interrupted');
    const release = holdFolder(study.lock);
    expect(status()).toBe('running');
    release();
    expect(readFileSync(study.store).equals(before)).toBe(true);
  });

  it('can be read while another process writes, which sees none of it', () => {
    const store = openStudyStore(study.store);
    store.plan([planned]);
    const reader = openStudyReader(study);
    store.complete(gray, summary, predictions);
    store.addEvent({ kind: 'audit-started', records: 1 });
    expect(reader.predictions()).toHaveLength(predictions.length);
    expect(reader.events().events).toHaveLength(1);
    reader.close();
    store.close();
  });
});

describe('a store of another version', () => {
  const fixture = new URL('../../test/fixtures/store-version-2.db', import.meta.url);
  beforeEach(() => {
    mkdirSync(study.root);
    copyFileSync(fixture, study.store);
  });

  // Made by the code of the version before events were kept (store version 2).
  const asItWas = (store: ReturnType<typeof openStudyReader>): void => {
    expect(store.trials().map(({ arm, seed, status }) => `${arm}-${seed} ${status}`)).toEqual([
      'gray-1 done',
      'gray-2 failed',
      'turbo-1 interrupted',
      'turbo-2 waiting',
    ]);
    expect(store.epochs(gray).map(({ validationAuroc }) => validationAuroc)).toEqual([0.1 + 0.2, 0.1 + 0.2]);
    expect(store.predictions(gray).map(({ record, probability }) => [record, probability])).toEqual([
      ['b.jpeg', 1 / 3],
      ['c.jpeg', 5e-324],
      ['test/é,"x".jpeg', 0.1 + 0.2],
    ]);
    const [evaluation] = store.evaluations();
    expect(evaluation).toMatchObject({ name: 'elsewhere' });
    expect(store.evaluationPredictions(evaluation!.id)).toMatchObject([{ probability: 0.25 }]);
  };

  it('is read as it is, without being changed', () => {
    const store = openStudyReader(study);
    asItWas(store);
    expect(store.events()).toEqual({ events: [], damage: null });
    store.close();
    expect(readFileSync(study.store).equals(readFileSync(fixture))).toBe(true);
  });

  it('is migrated by a run, which then keeps events', () => {
    const store = openStudyStore(study.store);
    store.markInterrupted();
    asItWas(store);
    expect(store.addEvent({ kind: 'audit-started', records: 1 }).seq).toBe(1);
    store.close();
  });

  it('of the first version has no looks at other data sets, and is read', () => {
    tamper('DROP TABLE evaluation_predictions; DROP TABLE evaluations; PRAGMA user_version = 1');
    const store = openStudyReader(study);
    expect(store.trials()).toHaveLength(4);
    expect([store.evaluations(), store.evaluationPredictions(1), store.events().events]).toEqual([[], [], []]);
    store.close();
  });

  it('is refused when it is newer, with what to do', () => {
    tamper('PRAGMA user_version = 99');
    const newer = expect.objectContaining({ code: 'CHROMARAY_STORE_NEWER', remedy: expect.stringContaining('Update') });
    expect(() => openStudyStore(study.store)).toThrow(newer);
    expect(() => openStudyReader(study)).toThrow(newer);
  });
});

describe('a file that is no store', () => {
  it.each([
    ['text', () => writeFileSync(study.store, 'this is not a database, and long enough to be one'.repeat(20))],
    ['another database', () => tamper('CREATE TABLE other (x)')],
  ])('is refused: %s', (_, make) => {
    mkdirSync(study.root);
    make();
    expect(code(() => openStudyStore(study.store))).toBe('CHROMARAY_STORE_UNREADABLE');
    expect(code(() => openStudyReader(study))).toBe('CHROMARAY_STORE_UNREADABLE');
  });

  it('is a store that is just being made, while it is empty', () => {
    mkdirSync(study.root);
    writeFileSync(study.store, '');
    expect(code(() => openStudyReader(study))).toBe('CHROMARAY_STORE_MISSING');
  });

  it('is not made by reading', () => {
    expect(code(() => openStudyReader(study))).toBe('CHROMARAY_STORE_MISSING');
    expect(existsSync(study.store)).toBe(false);
  });
});

describe('a damaged store', () => {
  beforeEach(finishedStudy);

  it('has a code where text is not UTF-8, which ends the process inside the library', () => {
    tamper("UPDATE trials SET fingerprint = CAST(x'66ff66' AS TEXT) WHERE arm = 'turbo'");
    const reader = openStudyReader(study);
    expect(code(() => reader.trials())).toBe('CHROMARAY_STORE_UNREADABLE');
    reader.close();
  });

  it('gives what is whole: one trial is read without the others', () => {
    tamper("UPDATE trials SET details = '{\"cut' WHERE arm = 'turbo'");
    const reader = openStudyReader(study);
    expect(code(() => reader.trials())).toBe('CHROMARAY_STORE_UNREADABLE');
    expect(code(() => reader.trial(turbo))).toBe('CHROMARAY_STORE_UNREADABLE');
    expect(reader.trial(gray)?.status).toBe('done');
    reader.close();
  });

  it('has a code where a column is gone, or a number is none', () => {
    tamper('ALTER TABLE epochs RENAME COLUMN seconds TO minutes');
    const reader = openStudyReader(study);
    expect(code(() => reader.epochs(gray))).toBe('CHROMARAY_STORE_UNREADABLE');
    reader.close();
  });

  it('is read up to the first event that is not as it was written', () => {
    const store = openStudyStore(study.store);
    for (let records = 1; records <= 5; records++) store.addEvent({ kind: 'audit-started', records });
    store.close();
    const read = () => {
      const reader = openStudyReader(study);
      const { events, damage } = reader.events();
      reader.close();
      return [events.length, damage];
    };
    expect(read()).toEqual([5, null]);
    tamper('UPDATE events SET content = \'{"kind":"audit-started","rec\' WHERE seq = 4');
    expect(read()).toEqual([3, expect.stringContaining('event 4')]);
    tamper("UPDATE events SET content = CAST(x'ff' AS TEXT) WHERE seq = 3");
    expect(read()).toEqual([2, expect.stringContaining('UTF-8')]);
    tamper("UPDATE events SET at = 'never' WHERE seq = 1");
    expect(read()).toEqual([0, expect.stringContaining('event 1')]);
  });

  it('keeps all that was committed when its log is cut off anywhere', () => {
    const store = openStudyStore(study.store);
    for (let records = 1; records <= 5; records++) store.addEvent({ kind: 'audit-started', records });
    const log = readFileSync(`${study.store}-wal`);
    const seen = new Set<number>();
    for (let length = 0; length <= log.length; length += 1000) {
      const copy = studyFolder(folder, `copy-${length}`);
      mkdirSync(copy.root);
      copyFileSync(study.store, copy.store);
      writeFileSync(`${copy.store}-wal`, log);
      truncateSync(`${copy.store}-wal`, length);
      const reader = openStudyReader(copy);
      const { events, damage } = reader.events();
      reader.close();
      expect(damage).toBeNull();
      expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5].slice(0, events.length));
      seen.add(events.length);
    }
    store.close();
    expect(seen.size).toBeGreaterThan(2);
  });
});
