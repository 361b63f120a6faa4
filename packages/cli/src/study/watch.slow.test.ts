import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { StudyEvent, StudyFolder } from '@chromaray/contracts';
import { openStudyReader, openStudyStore, studyFolder } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { Cli, hasCheckpoint, until } from './cli-process.test-support.js';

/** Milliseconds; processes that start take long on a busy machine. */
const patience = 180_000;
const tiny = new TinyStudy();
const choices = { seeds: '[1]', epochs: 3 };
let file: string;

beforeAll(async () => {
  await tiny.writeData();
  file = tiny.writeStudyFile(choices);
});
afterAll(() => tiny.remove());

const eventsOf = (out: string): readonly StudyEvent[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

function hasEpoch(folder: StudyFolder): boolean {
  let reader: ReturnType<typeof openStudyReader>;
  try {
    reader = openStudyReader(folder);
  } catch (error) {
    // The store is just being made.
    expect(error).toMatchObject({ code: 'CHROMARAY_STORE_MISSING' });
    return false;
  }
  try {
    return reader.events().events.some(({ kind }) => kind === 'epoch-done');
  } finally {
    reader.close();
  }
}

describe('status --watch', { timeout: patience }, () => {
  it('follows a study that another process runs, from its start to its end, and ends with it', async () => {
    const folder = studyFolder(tiny.path('studies'), 'tiny');
    const running = new Cli(['study', 'run', file, '--studies', tiny.path('studies')]);
    await until(() => existsSync(folder.store), 'the run has a store');
    await until(() => existsSync(folder.lock), 'the run holds its folder');
    // Everything is in the log by the time it is watched from, so that no event can be missed.
    await until(() => hasCheckpoint(folder.checkpointRoot), 'a trial has finished an epoch');
    const watching = new Cli(['study', 'status', file, '--studies', tiny.path('studies'), '--watch', '--json']);
    const [ran, { code, out, err }] = await Promise.all([running.ended, watching.ended]);
    expect(ran).toMatchObject({ code: 0 });
    expect({ code, err }).toEqual({ code: 0, err: '' });

    const events = eventsOf(out);
    const numbers = events.map(({ seq }) => seq);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(new Set(events.map(({ study }) => study))).toEqual(new Set(['tiny']));
    const kinds = events.filter(({ kind }) => kind !== 'progress').map(({ kind }) => kind);
    expect(kinds.slice(0, 4)).toEqual(['run-started', 'dataset-described', 'split-made', 'arms-compared']);
    expect(kinds.slice(-2)).toEqual(['concluded', 'run-ended']);
    for (const arm of ['gray', 'turbo']) {
      const ofArm = events.filter((event) => 'arm' in event && event.arm === arm && event.kind !== 'progress');
      expect(ofArm.map(({ kind }) => kind)).toEqual([
        ...['trial-started', 'epoch-done', 'epoch-done', 'epoch-done', 'trial-finished'],
      ]);
    }
    const { verdict } = JSON.parse(readFileSync(folder.verdict, 'utf8'));
    expect(events.find(({ kind }) => kind === 'concluded')).toMatchObject({ verdict });
  });

  it('replays a finished study from any number, and as lines', async () => {
    const watch = (...more: string[]) =>
      run(['study', 'status', 'tiny', '--studies', tiny.path('studies'), '--watch', ...more]);
    const all = eventsOf((await watch('--json')).out);
    const from = all[5]!.seq;
    expect(eventsOf((await watch('--json', '--from', `${from}`)).out)).toEqual(all.slice(5));
    const { out } = await watch();
    expect(out).toMatch(/^ +1 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}Run started \(Chromaray /);
    expect(out).toContain('gray, seed 1: finished (');
    expect(out.trimEnd().split('\n').at(-1)).toContain('Run ended.');
    expect((await watch('--from', '0')).exitCode).toBe(2);
  });

  it('ends when the run was killed, with what happened until then', async () => {
    const studies = tiny.path('killed');
    const folder = studyFolder(studies, 'tiny');
    const running = new Cli(['study', 'run', file, '--studies', studies]);
    await until(() => existsSync(folder.store) && hasEpoch(folder), 'an epoch is kept');
    const watching = new Cli(['study', 'status', file, '--studies', studies, '--watch', '--json']);
    running.killGroup('SIGKILL');
    expect(await running.ended).toMatchObject({ signal: 'SIGKILL' });
    const { code, out } = await watching.ended;
    expect(code).toBe(0);
    const kinds = eventsOf(out).map(({ kind }) => kind);
    expect(kinds).toContain('epoch-done');
    expect(kinds).not.toContain('run-ended');
  });

  it('shows events up to the damage, then a code', async () => {
    const folder = studyFolder(tiny.path('damaged'), 'tiny');
    const store = openStudyStore(folder.store);
    store.addEvent({ kind: 'run-started', version: '0.1.0' });
    store.addEvent({ kind: 'audit-started', records: 5 });
    store.addEvent({ kind: 'never' } as never);
    store.addEvent({ kind: 'audit-started', records: 6 });
    store.close();
    const { exitCode, out, err } = await run(['study', 'status', folder.root, '--watch']);
    expect(exitCode).toBe(1);
    expect(out).toContain('Auditing 5 X-rays.');
    expect(out).not.toContain('6 X-rays');
    expect(err).toContain('CHROMARAY_EVENTS_DAMAGED');
  });
});

describe('a study that stopped before training', { timeout: patience }, () => {
  it('says why, to status and to report', async () => {
    await tiny.writeData('leaky', { duplicatesAcrossParts: 2 });
    const leaky = tiny.writeStudyFile({ ...choices, data: 'leaky', split: '{ method: provided, seed: 1 }' });
    const studies = ['--studies', tiny.path('stopped')];
    expect((await run(['study', 'run', leaky, ...studies])).exitCode).toBe(3);
    const status = await run(['study', 'status', 'tiny', ...studies]);
    expect(status.out).toContain('no trial is planned yet');
    expect(status.out).toContain('CHROMARAY_AUDIT_BLOCKED');
    const report = await run(['study', 'report', 'tiny', ...studies]);
    expect([report.exitCode, report.err]).toEqual([1, expect.stringContaining('CHROMARAY_STUDY_UNTRAINED')]);
    tiny.writeStudyFile(choices);
  });
});

/** Runs the rest of its arguments where a folder is mounted read-only. */
const readOnly = (folder: string): readonly string[] => [
  ...['unshare', '--map-root-user', '--mount', 'sh', '-c'],
  `mount --bind "${folder}" "${folder}" && mount -o remount,bind,ro "${folder}" && exec "$@"`,
  'sh',
];
const canMount =
  process.platform === 'linux' && spawnSync('unshare', ['--map-root-user', '--mount', 'true']).status === 0;

describe.skipIf(!canMount)('a finished study on a read-only file system (needs unshare)', { timeout: patience }, () => {
  it('is read by status and watched; a report goes elsewhere, and says so where it cannot', async () => {
    const studies = tiny.path('studies');
    const cli = (...args: string[]) => new Cli(args, readOnly(studies)).ended;
    const status = await cli('study', 'status', 'tiny', '--studies', studies);
    expect({ ...status, out: '' }).toMatchObject({ code: 0, err: '' });
    expect(status.out).toContain('2 of 2 trials done');
    const watch = await cli('study', 'status', 'tiny', '--studies', studies, '--watch');
    expect(watch).toMatchObject({ code: 0, out: expect.stringContaining('Run ended.') });
    const refused = await cli('study', 'report', 'tiny', '--studies', studies);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('CHROMARAY_FILE_WRITE') });
    const out = tiny.path('elsewhere');
    const report = await cli('study', 'report', 'tiny', '--studies', studies, '--out', out, '--json');
    expect(report).toMatchObject({ code: 0 });
    const folder = studyFolder(studies, 'tiny');
    const elsewhere = studyFolder(tiny.folder, 'elsewhere');
    expect(JSON.parse(report.out)).toMatchObject({ folder: elsewhere.root });
    for (const name of ['verdict', 'predictions', 'behaviour'] as const) {
      expect(readFileSync(elsewhere[name], 'utf8')).toBe(readFileSync(folder[name], 'utf8'));
    }
    expect(existsSync(elsewhere.report)).toBe(true);
  });

  it('is read from a copy of its log where a killed run left one', async () => {
    const studies = tiny.path('killed');
    const status = await new Cli(['study', 'status', 'tiny', '--studies', studies], readOnly(studies)).ended;
    expect(status).toMatchObject({ code: 0, out: expect.stringContaining('interrupted') });
  });
});
