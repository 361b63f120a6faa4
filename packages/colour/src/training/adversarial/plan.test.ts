import { describe, expect, it } from 'vitest';
import { planStages } from '../plan.js';
import { planAdversarial } from './plan.js';

const refused = expect.objectContaining({ code: 'CHROMARAY_COLORIZER_TRAINING_OPTION' });
const unet = { name: 'colour-unet', sideUnit: 16 } as const;
const published = { name: 'deoldify', sideUnit: 32 } as const;
const at = (...sizes: number[]) =>
  planStages(
    sizes,
    sizes.map(() => 1),
    unet,
  );

describe('planAdversarial', () => {
  it('plans nothing where the generator is all', () => {
    expect(planAdversarial('generator', at(64), 16)).toBeUndefined();
  });

  it('has the numbers of DeOldify’s notebook at its size', () => {
    const plan = planAdversarial('nogan', at(64, 192), 16)!;
    expect(plan).toMatchObject({ last: 'nogan', side: 192, repeats: 1 });
    expect(plan.critic).toEqual({ batch: 16, epochs: [6, 4], learningRates: [1e-3, 1e-4] });
    expect(plan.noGan).toEqual({
      ...{
        batch: 9,
        steps: Math.ceil(34_592 / 9),
        learningRate: 1e-5,
        criticLoss: 0.65,
        criticWeight: 0.5,
        every: 100,
      },
    });
    // 3 % of ImageNet's training photographs, nine tenths of them.
    expect(34_592).toBeCloseTo(1_281_167 * 0.03 * 0.9, -1);
  });

  it('takes as many pictures as memory of that area held, and saves at least four times', () => {
    expect(planAdversarial('nogan', at(64), 16)).toMatchObject({ critic: { batch: 32 }, noGan: { batch: 32 } });
    expect(planAdversarial('nogan', at(64), 16, { steps: 50 })!.noGan.every).toBe(13);
    expect(planAdversarial('nogan', at(64), 16, { side: 128 })).toMatchObject({ side: 128, noGan: { batch: 20 } });
  });

  it.each([
    [at(32), 16, {}],
    [at(64), 16, { side: 72 }],
    [at(64), 32, { side: 80 }],
    [at(64), 16, { criticEpochs: [1] }],
    [at(64), 16, { criticEpochs: [0, 2] }],
    [at(64), 16, { criticFactor: 0 }],
  ] as const)('refuses what a critic cannot do, case %#', (stages, unit, choices) => {
    expect(() => planAdversarial('critic', stages, unit, choices)).toThrow(refused);
  });
});

describe('planStages', () => {
  it('keeps to what photo-small was made with', () => {
    expect(planStages([64, 128, 192], [12, 4, 1], unet)).toEqual([
      { side: 64, epochs: 12, batch: 32, learningRate: 2e-3 },
      { side: 128, epochs: 4, batch: 16, learningRate: 1e-3 },
      { side: 192, epochs: 1, batch: 11, learningRate: 5e-4 },
    ]);
  });

  it('has DeOldify’s batches and rates for its generator, and sides that it halves five times', () => {
    const stages = planStages([64, 128, 192], [1, 1, 1], published);
    expect(stages.map(({ batch }) => batch)).toEqual([88, 22, 10]);
    expect(stages.map(({ learningRate }) => learningRate)).toEqual([1e-3, 1e-4, 5e-5]);
    expect(() => planStages([48], [1], published)).toThrow(refused);
  });
});
