import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { phantomPatients, writePhantomDataset } from '@chromaray/data';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseStudyFile } from '../study-file/parse.js';
import { planStudy } from './plan-study.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-plan-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => writePhantomDataset(path.join(folder, 'data'), { seed: 1, size: 32, patients: phantomPatients(60) }));

const study = (arms: string) =>
  parseStudyFile(
    `
name: planned
dataset: { path: data, layout: kaggle, positive: PNEUMONIA }
split: { method: patient, fractions: { train: 0.6, validation: 0.2, test: 0.2 }, seed: 1 }
image: { size: 16 }
arms:
  - { name: gray, control: true, colour: none }
${arms}
model: { preset: small }
training: { optimizer: adam, learningRate: 0.002, batch: 8, epochs: 7, patience: 2 }
seeds: [1, 2, 3]
endpoint: { metric: auroc, margin: 0.03, alpha: 0.05, correction: holm }
`,
    path.join(folder, 'study.yaml'),
  );
const turbo = '  - { name: turbo, colour: { map: turbo } }';

describe('planning a study', () => {
  it('measures a short trial of every arm and works out time, memory and disk from it, leaving nothing behind', async () => {
    const studies = path.join(folder, 'studies');
    const scratch = mkdtempSync(path.join(folder, 'scratch-'));
    vi.stubEnv('TMPDIR', scratch);
    vi.stubEnv('TEMP', scratch);
    const plan = await planStudy(study(turbo), { studies });
    const { measured, seconds, secondsPerEpoch, secondsDecoding, diskBytes, freeDiskBytes, memoryBytes } = plan.cost!;
    expect(measured.trials.map(({ arm }) => arm)).toEqual(['gray', 'turbo']);
    expect(memoryBytes).toBeGreaterThan(50 * 2 ** 20);
    expect(diskBytes).toBeLessThan(freeDiskBytes);
    const epochs =
      (7 * 3 * secondsPerEpoch.reduce((sum, arm) => sum + arm.seconds, 0)) / Math.min(measured.concurrency, 6);
    expect(seconds - secondsDecoding).toBeGreaterThanOrEqual(epochs);
    expect(seconds - secondsDecoding).toBeLessThan(1.3 * epochs);
    expect(existsSync(path.join(studies, 'planned'))).toBe(false);
    expect(readdirSync(scratch).filter((name) => name.startsWith('chromaray'))).toEqual([]);
    vi.unstubAllEnvs();
  });

  it('adds what a search for hyperparameters costs: the epochs of all stages, for every arm', async () => {
    const studies = path.join(folder, 'studies');
    const text = (tune: string) => `${turbo}\n${tune}`;
    const space = 'space: { training: { learningRate: { log: [0.001, 0.01] } } }';
    const halving = `tune: { method: halving, candidates: 4, epochs: 4, reduction: 2, ${space} }`;
    const plan = await planStudy(study(text(halving)), { studies });
    const { tuning, seconds, secondsPerEpoch, secondsDecoding, measured } = plan.cost!;
    // 4 candidates to epoch 1, 2 on to 2, 1 on to 4.
    expect(tuning).toMatchObject({ candidates: 4, epochsPerArm: 4 * 1 + 2 * 1 + 1 * 2 });
    const anEpochOfEach = secondsPerEpoch.reduce((sum, arm) => sum + arm.seconds, 0);
    expect(tuning!.seconds).toBeCloseTo((8 * anEpochOfEach) / Math.min(measured.concurrency, 8), 9);
    const trained = (7 * 3 * anEpochOfEach) / Math.min(measured.concurrency, 6);
    expect(seconds).toBeGreaterThanOrEqual(secondsDecoding + tuning!.seconds + trained);
    expect(plan.notes.join()).toContain('4 candidates an arm (4 to epoch 1, 2 to epoch 2, 1 to epoch 4)');
    const random = await planStudy(study(text(`tune: { candidates: 3, epochs: 5, ${space} }`)), { studies });
    expect(random.cost!.tuning).toMatchObject({ candidates: 3, epochsPerArm: 15 });
    const none = await planStudy(study(turbo), { studies, measure: false });
    expect(none.notes.join()).not.toContain('candidates');
  });

  it('counts the trials, time and disk of every split, and says what they are for', async () => {
    const studies = path.join(folder, 'studies');
    const once = await planStudy(study(turbo), { studies, measure: false });
    const plan = study(turbo);
    const five = { ...plan, split: { ...plan.split, repeats: 5 } };
    const repeated = await planStudy(five, { studies, measure: false });
    expect([once.trials, repeated.trials]).toEqual([6, 30]);
    expect(once.notes.join()).not.toContain('The verdict rests on the first');
    expect(repeated.notes[0]).toMatch(/^5 splits by patient/);
  });

  it('says what the study can see: less with more arms, and what test part the margin needs', async () => {
    const studies = path.join(folder, 'studies');
    const two = await planStudy(study(turbo), { studies, measure: false });
    const more = await planStudy(study(`${turbo}\n  - { name: gray3, colour: repeat }`), { studies, measure: false });
    expect(two.cost).toBeNull();
    expect(two.trials).toBe(6);
    expect(more.sensitivity.smallestDetectable).toBeGreaterThan(two.sensitivity.smallestDetectable);
    expect(two.sensitivity.smallestDetectable).toBeGreaterThan(two.endpoint.margin);
    expect(two.sensitivity.powerAtMargin).toBeLessThan(0.8);
    expect(two.sensitivity.requiredForMargin!.records).toBeGreaterThan(two.counts.test.records);
    expect(two.sensitivity.requiredForMargin!.patients).toBeLessThan(two.sensitivity.requiredForMargin!.records);
    const [three, , ten] = two.sensitivity.alternatives.filter(({ auroc }) => auroc === two.sensitivity.auroc);
    expect(ten!.recordsForMargin!).toBeLessThan(three!.recordsForMargin!);
    // How much seeds vary matters most: five times the spread costs most of the power.
    const spreads = two.sensitivity.alternatives.filter(({ auroc, seeds }) => auroc === 0.95 && seeds === 3);
    const powers = spreads.map(({ powerAtMargin }) => powerAtMargin);
    expect(powers).toEqual([...powers].sort((a, b) => b - a));
    expect(powers.at(-1)).toBeLessThan(powers[0]!);
  });
});
