import { readFileSync } from 'node:fs';
import { openStudyReader, studyFolder } from '@chromaray/store';
import { readStudyStatus, runStudy } from '@chromaray/study';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli, hasCheckpoint, isAlive, until } from './cli-process.test-support.js';

/** Milliseconds; several processes start in each test, which takes long on a busy machine. */
const patience = 180_000;
const tiny = new TinyStudy();
// Long enough for a trial to be met in the middle of an epoch.
const choices = { seeds: '[1]', epochs: 16 };
let file: string;
let undisturbed: string;

beforeAll(async () => {
  await tiny.writeData();
  file = tiny.writeStudyFile(choices);
  const { folder } = await runStudy(tiny.studyFile(choices), { studies: tiny.path('undisturbed') });
  undisturbed = readFileSync(folder.predictions, 'utf8');
}, patience);
afterAll(() => tiny.remove());

/** Starts the study from the command line and waits until its trials are in the middle of an epoch. */
async function startStudy(studies: string) {
  const folder = studyFolder(tiny.path(studies), 'tiny');
  const cli = new Cli(['study', 'run', file, '--studies', tiny.path(studies)]);
  await until(() => hasCheckpoint(folder.checkpointRoot), 'a trial has finished an epoch');
  return { cli, folder, trials: cli.children() };
}

/** Runs the study to its end and says what became of its trials. */
async function resume(studies: string) {
  const states: string[] = [];
  const { folder } = await runStudy(tiny.studyFile(choices), {
    studies: tiny.path(studies),
    onEvent: ({ kind }) => void (kind.startsWith('trial-') && states.push(kind)),
  });
  return { states, predictions: readFileSync(folder.predictions, 'utf8') };
}

/** One trial at least went on from a checkpoint, or was kept because it had come to its end. */
const asUndisturbed = (state: 'trial-resumed' | 'trial-kept' = 'trial-resumed') => ({
  states: expect.arrayContaining([state]),
  predictions: undisturbed,
});

const onLinux = process.platform === 'linux';

describe.skipIf(!onLinux)('a study interrupted in the middle of an epoch (Linux)', { timeout: patience }, () => {
  it('goes on to the same predictions after the whole of it was killed', async () => {
    const { cli, folder } = await startStudy('killed');
    cli.killGroup('SIGKILL');
    expect(await cli.ended).toMatchObject({ signal: 'SIGKILL' });
    const { trials } = readStudyStatus('tiny', tiny.path('killed'));
    expect(trials.map(({ status }) => status)).not.toContain('running');
    expect(await resume('killed')).toEqual(asUndisturbed());
    const store = openStudyReader(folder);
    const epochs = store.trials().map((trial) => store.epochs(trial).length);
    store.close();
    expect(epochs).toEqual([16, 16]);
  });

  it('leaves no trial behind when only its parent is killed, and goes on to the same predictions', async () => {
    const { cli, trials } = await startStudy('orphaned');
    cli.kill('SIGKILL');
    await until(() => !trials.some(isAlive), 'the trials have noticed that they are alone');
    expect(trials.length).toBeGreaterThan(0);
    expect(await resume('orphaned')).toEqual(asUndisturbed());
  });

  it('stops at Ctrl-C with exit code 130, says how to go on, and does so', async () => {
    const { cli } = await startStudy('stopped');
    cli.killGroup('SIGINT');
    const { code, err } = await cli.ended;
    expect(code).toBe(130);
    expect(err).toContain('Everything finished is kept');
    expect(err).toContain('Run the same command again');
    expect(err).toContain('CHROMARAY_INTERRUPTED');
    expect(err).not.toMatch(/^ +at /m);
    expect(await resume('stopped')).toEqual(asUndisturbed());
  });

  it('names the signal when one trial is killed, and goes on to the same predictions', async () => {
    const { cli, folder, trials } = await startStudy('crashed');
    process.kill(trials[0]!, 'SIGKILL');
    const { code, err } = await cli.ended;
    expect(code).toBe(1);
    expect(err).toContain('CHROMARAY_TRIAL_CRASHED');
    expect(err).toContain('SIGKILL');
    expect(err).not.toMatch(/^ +at /m);
    const store = openStudyReader(folder);
    const states = store.trials().map(({ status }) => status);
    store.close();
    expect(states.sort()).toEqual(['done', 'failed']);
    expect(await resume('crashed')).toEqual(asUndisturbed('trial-kept'));
  });
});
