import type { AdversarialResult } from '@chromaray/engine';
import { describe, expect, it } from 'vitest';
import { type AdversarialRecord, adversarialText, type TurnsRecord, turnsRecord } from './record.js';

const critic: TurnsRecord = {
  ...{ criticSteps: 300, generatorSteps: 0, criticLoss: 0.4, criticAccuracy: 0.81, stretches: 3, taken: 3 },
  ...{ seconds: 9, collapse: null },
};
const noGan: TurnsRecord = { ...critic, criticSteps: 500, generatorSteps: 500, stretches: 10, taken: 10 };
const collapse = { reason: 'overpowers', step: 400, criticLoss: 0.01, window: 200, limit: 0.02 } as const;
const record: AdversarialRecord = {
  ...{ last: 'nogan', side: 128, criticFactor: 0.125, repeats: 1, collapseWindow: 200, before: null },
  critic: { batch: 32, epochs: [6, 4], learningRates: [1e-3, 1e-4] },
  noGan: { batch: 20, steps: 1000, learningRate: 1e-5, criticLoss: 0.65, criticWeight: 0.5, every: 100 },
  rounds: [{ critic, noGan }],
};
const text = (rounds: AdversarialRecord['rounds'], change: Partial<AdversarialRecord> = {}) =>
  adversarialText({ ...record, ...change, rounds });

describe('what is said of the stages of a critic', () => {
  it('names their numbers, and how they ended', () => {
    expect(adversarialText(record)).toContain('12.5\u00a0% of its channels learned at 128 px in batches of 32');
    expect(adversarialText(record)).toContain('until its loss was below 0.65');
    expect(adversarialText(record)).toContain('told 81\u00a0% of pictures rightly (loss 0.400)');
    expect(adversarialText(record)).toContain(
      '500 steps of the critic and 500 of the generator. The critic did not collapse.',
    );
  });

  it('says a collapse, and which generator was kept', () => {
    expect(text([{ critic, noGan: { ...noGan, collapse, stretches: 4, taken: 2 } }])).toContain(
      'collapsed in step 400: it told every picture apart. The generator is as it was after stretch 2 of 4, its best by its own loss.',
    );
    expect(text([{ critic, noGan: { ...noGan, collapse: { ...collapse, reason: 'blind' }, taken: 0 } }])).toContain(
      'it did no better than guess. The generator is as it was before NoGAN.',
    );
    const diverged = { ...critic, collapse: { ...collapse, reason: 'not finite' as const, step: 7 } };
    const said = text([{ critic: diverged, noGan: null }]);
    expect(said).toContain('diverged in step 7 of its own training; there was no NoGAN');
    expect(said).not.toContain('did not collapse');
  });

  it('claims no absence of a collapse that was not looked for or could not be seen', () => {
    expect(text([{ critic, noGan: { ...noGan, criticSteps: 150 } }])).toContain(
      'too few to tell a collapse by, which takes 200',
    );
    expect(text([{ critic, noGan }], { collapseWindow: null })).toContain('was not looked at');
    expect(text([{ critic, noGan: { ...noGan, generatorSteps: 0 } }])).toContain('turn never came');
  });

  it('tells a critic alone from NoGAN, and rounds apart', () => {
    const alone = text([{ critic, noGan: null }], { last: 'critic' });
    expect(alone).toContain('The generator stayed as it was.');
    expect(alone).not.toContain('NoGAN');
    expect(
      text([
        { critic, noGan },
        { critic, noGan },
      ]),
    ).toContain('Round 2: At the end');
    expect(adversarialText(record)).not.toContain('Round');
  });
});

describe('turnsRecord', () => {
  const stretch = {
    ...{ stretch: 1, step: 10, criticSteps: 6, generatorSteps: 4, criticLoss: 0.5, criticAccuracy: 0.7 },
    ...{ generatorLoss: 1, judgement: 1, seconds: 2 },
  };
  const result = { history: [stretch], selectedStretch: 1 } as unknown as AdversarialResult;

  it('adds up the parts of a stage, and keeps numbers that JSON can hold', () => {
    expect(turnsRecord([result, result])).toMatchObject({
      criticSteps: 12,
      generatorSteps: 8,
      seconds: 4,
      stretches: 1,
    });
    const idle = { ...result, history: [{ ...stretch, criticLoss: Number.NaN, criticAccuracy: Number.NaN }] };
    expect(turnsRecord([idle])).toMatchObject({ criticLoss: null, criticAccuracy: null, collapse: null });
    const none = { ...result, history: [], selectedStretch: 0 };
    expect(turnsRecord([none])).toMatchObject({ criticSteps: 0, criticLoss: null, taken: 0 });
  });
});
