import { readFileSync } from 'node:fs';
import { loadModel } from '@chromaray/engine';
import { openStudyReader, studyFolder } from '@chromaray/store';
import { runStudy } from '@chromaray/study';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { Cli, hasCheckpoint, until } from './cli-process.test-support.js';

/** Milliseconds; several processes start, which takes long on a busy machine. */
const patience = 300_000;
const tiny = new TinyStudy();
const layers = (filters: number, more = ''): string => `[
  { layer: conv, filters: ${filters}, stride: 2, bias: false },
  { layer: norm },
  { layer: activation, kind: relu },
  { layer: residual, layers: [{ layer: conv, filters: ${2 * filters}, stride: 2 }, { layer: activation, kind: relu }, { layer: conv, filters: ${2 * filters} }] },
  { layer: pool, kind: global-average },
  { layer: dropout, rate: 0.2 }${more}]`;
// The network is the study's own, and what the arms differ in.
const choices = {
  model: `{ layers: ${layers(4)} }`,
  arms: `[
    { name: own, control: true },
    { name: wide, model: { layers: ${layers(6)} } },
    { name: deeper, model: { layers: ${layers(4, ', { layer: dense, units: 5 }, { layer: activation, kind: tanh }')} } },
    { name: preset, model: { preset: small } }]`,
  seeds: '[1]',
  epochs: 6,
};
const arms = ['own', 'wide', 'deeper', 'preset'];
let file = '';
let undisturbed: ReturnType<typeof studyFolder>;

beforeAll(async () => {
  await tiny.writeData();
  file = tiny.writeStudyFile(choices);
  ({ folder: undisturbed } = await runStudy(tiny.studyFile(choices), { studies: tiny.path('undisturbed') }));
}, patience);
afterAll(() => tiny.remove());

/** Trained numbers by the definitions of the layers; the norm has a scale and a shift, the residual a projection. */
function expectedParameters(filters: number, dense = 0): number {
  const wide = 2 * filters;
  const residual = 9 * filters * wide + wide + 9 * wide * wide + wide + filters * wide + wide;
  const features = dense === 0 ? wide : dense;
  return 9 * filters + 2 * filters + residual + (dense === 0 ? 0 : wide * dense + dense) + features + 1;
}

const trained = (folder: typeof undisturbed): Readonly<Record<string, number | null>> => {
  const store = openStudyReader(folder);
  const found = store.trials().map(({ arm, parameters }) => [arm, parameters] as const);
  store.close();
  return Object.fromEntries(found);
};

describe('a study with networks of its own', { timeout: patience }, () => {
  it('trains as many numbers as `model show` says, which are those of the definitions', async () => {
    const shown = await Promise.all(
      arms.map(async (arm) => JSON.parse((await run(['model', 'show', file, '--arm', arm, '--json'])).out).parameters),
    );
    expect(shown.slice(0, 3)).toEqual([expectedParameters(4), expectedParameters(6), expectedParameters(4, 5)]);
    expect(trained(undisturbed)).toEqual(Object.fromEntries(arms.map((arm, i) => [arm, shown[i]])));
    const saved = loadModel(undisturbed.model('wide', 1)).graph.initializers;
    expect(saved.get('layers.3.layers.2/kernel')?.dims).toEqual([12, 12, 3, 3]);
  });

  it('says in the report of which layers each network is, and in what they differ', () => {
    const report = readFileSync(undisturbed.report, 'utf8');
    const own =
      'conv 4 (stride 2, no bias), batch norm, relu, residual (conv 8 (stride 2), relu, conv 8), global-average pool, dropout 0.2';
    expect(report).toContain(own);
    expect(report).toContain(`${own}, dense 5, tanh`);
    expect(report).toContain('conv 6 (stride 2, no bias)');
    expect(report).toContain('model.layers');
    const methods = readFileSync(undisturbed.inside('methods.md'), 'utf8');
    expect(methods).toContain(`layers: ${own}`);
    expect(methods).toContain('preset small');
  });

  it.skipIf(process.platform !== 'linux')('goes on to the same predictions after it was killed', async () => {
    const folder = studyFolder(tiny.path('killed'), 'tiny');
    const cli = new Cli(['study', 'run', file, '--studies', tiny.path('killed')]);
    await until(() => hasCheckpoint(folder.checkpointRoot), 'a trial has finished an epoch');
    cli.killGroup('SIGKILL');
    expect(await cli.ended).toMatchObject({ signal: 'SIGKILL' });
    const states: string[] = [];
    await runStudy(tiny.studyFile(choices), {
      studies: tiny.path('killed'),
      onEvent: ({ kind }) => void (kind.startsWith('trial-') && states.push(kind)),
    });
    expect(states).toContain('trial-resumed');
    expect(readFileSync(folder.predictions, 'utf8')).toBe(readFileSync(undisturbed.predictions, 'utf8'));
    expect(trained(folder)).toEqual(trained(undisturbed));
  });
});
