import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { sha256 } from '@chromaray/base';
import type { StudyFolder } from '@chromaray/contracts';
import { openStudyReader, readArtefact, studyFolder } from '@chromaray/store';
import { parseStudyFile, runStudy } from '@chromaray/study';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli, hasCheckpoint, until } from './cli-process.test-support.js';

/** Milliseconds; several processes start in each test, which takes long on a busy machine. */
const patience = 600_000;
const tiny = new TinyStudy();
const text = `name: tiny
dataset: { path: data, layout: kaggle, positive: PNEUMONIA }
split: { method: patient, fractions: { train: 0.5, validation: 0.2, test: 0.3 }, seed: 1 }
image: { size: 32 }
arms: [{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }]
model: { preset: small }
training: { batch: 8, epochs: 2 }
tune: { method: halving, candidates: 4, epochs: 12, reduction: 2, space: { training: { learningRate: { log: [0.0005, 0.05] } } } }
seeds: [1]
endpoint: { margin: 0.05 }
`;
const study = () => parseStudyFile(text, tiny.path('study.yaml'));

/** All that a search decides and what is trained with it; the time of day aside. */
function outcome(folder: StudyFolder) {
  const { at: _, ...choices } = readArtefact('tuning', folder.tuning);
  const models = study().arms.map(({ name }) => sha256(readFileSync(folder.model(name, 1))));
  return { choices, models, predictions: readFileSync(folder.predictions, 'utf8') };
}

let undisturbed: ReturnType<typeof outcome>;
beforeAll(async () => {
  await tiny.writeData();
  writeFileSync(tiny.path('study.yaml'), text);
  const { folder } = await runStudy(study(), { studies: tiny.path('undisturbed') });
  undisturbed = outcome(folder);
}, patience);
afterAll(() => tiny.remove());

/** Starts the study from the command line and kills all of it once the search has come so far. */
async function killedOnce(studies: string, isSoFar: (search: StudyFolder) => boolean, what: string): Promise<void> {
  const folder = studyFolder(tiny.path(studies), 'tiny');
  const cli = new Cli(['study', 'run', tiny.path('study.yaml'), '--studies', tiny.path(studies)]);
  await until(() => isSoFar(folder.tuningTrials()), what);
  cli.killGroup('SIGKILL');
  expect(await cli.ended).toMatchObject({ signal: 'SIGKILL' });
  expect(existsSync(folder.tuning)).toBe(false);
}

/** The most epochs that a candidate has behind it. */
function epochsOf(search: StudyFolder): number {
  if (!existsSync(search.store)) return 0;
  const store = openStudyReader(search);
  try {
    return Math.max(0, ...store.trials().map((trial) => store.epochs(trial).length));
  } finally {
    store.close();
  }
}

describe('the plan of a study with a search', { timeout: patience }, () => {
  it('says what the search costs, where something was measured, and how its stages go', async () => {
    const plan = async (...options: readonly string[]) => {
      const args = ['study', 'plan', tiny.path('study.yaml'), '--studies', tiny.path('planned'), ...options];
      return (await new Cli(args).ended).out.replaceAll(/\s+/g, ' ');
    };
    const stages = '4 candidates an arm (4 to epoch 3, 2 to epoch 6, 1 to epoch 12)';
    const measured = await plan();
    // 4 x 3 + 2 x 3 + 1 x 6.
    expect(measured).toMatch(/Tuning [^:]+ of it: 4 candidates and 24 epochs for each arm/);
    expect(measured).toContain(stages);
    const counted = await plan('--no-measure');
    expect(counted).not.toContain('of it: 4 candidates');
    expect(counted).toContain(stages);
  });
});

describe.skipIf(process.platform !== 'linux')('a search that is killed (Linux)', { timeout: patience }, () => {
  it('in its first stage and in a later one makes the same choices, networks and predictions, to the bit', async () => {
    const { rungs } = undisturbed.choices;
    expect(rungs.length).toBeGreaterThan(2);
    await killedOnce('killed', (search) => hasCheckpoint(search.checkpointRoot), 'a candidate has finished an epoch');
    const later = rungs[0]!.epochs + 1;
    await killedOnce('killed', (search) => epochsOf(search) >= later, 'a candidate is in the second stage');
    const { folder } = await runStudy(study(), { studies: tiny.path('killed') });
    expect(outcome(folder)).toEqual(undisturbed);
  });
});
