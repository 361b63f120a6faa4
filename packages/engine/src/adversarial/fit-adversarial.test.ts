import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { onednnAvailable } from '../backends/onednn/available.test-support.js';
import { arraySource } from '../fit/array-source.js';
import type { Model } from '../graph/types.js';
import { fixture, largestDifference } from '../training/step/run-graph.test-support.js';
import type { TrainableModel } from '../training/types.js';
import { withWeights } from '../training/with-weights.js';
import { fitAdversarial } from './fit-adversarial.js';
import { drawn, tinyCritic, tinyGenerator, tinyRequest } from './players.test-support.js';
import type { AdversarialEvent, AdversarialResult } from './types.js';

type Numbers = Readonly<Record<string, readonly number[]>>;

const torch = fixture<{
  readonly criticWeight: number;
  readonly rates: readonly [generator: number, critic: number];
  readonly pixels: readonly number[];
  readonly targets: readonly number[];
  readonly start: { readonly generator: Numbers; readonly critic: Numbers };
  readonly losses: readonly number[];
  readonly end: { readonly generator: Numbers; readonly critic: Numbers };
}>('torch-adversarial');

const names = {
  generator: { '0.weight': 'first/kernel', '0.bias': 'first/bias', '2.weight': 'last/kernel', '2.bias': 'last/bias' },
  critic: Object.fromEntries(
    [['0', 'a'] as const, ['2', 'b'] as const].flatMap(([place, name]) => [
      [`${place}.weight_orig`, `${name}/kernel`],
      [`${place}.bias`, `${name}/bias`],
      [`${place}.weight_u`, `${name}/kernel/left`],
      [`${place}.weight_v`, `${name}/kernel/right`],
    ]),
  ),
} as const;

function tensorsOf(player: keyof typeof names, values: Numbers): ReadonlyMap<string, Float32Array> {
  return new Map(
    Object.entries(names[player]).map(([torchName, name]) => [name, Float32Array.from(values[torchName]!)]),
  );
}

const tensor = (model: Model, name: string) => model.graph.initializers.get(name)!.data as Float32Array;

describe('two networks trained in turn', () => {
  it.each(['onnxruntime', ...(onednnAvailable ? ['onednn'] : [])])('go where PyTorch goes, on %s', async (backend) => {
    const started = (player: keyof typeof names, network: TrainableModel): TrainableModel => ({
      ...network,
      model: withWeights(network.model, tensorsOf(player, torch.start[player])),
    });
    const optimizer = { kind: 'adam', beta1: 0, beta2: 0.9, epsilon: 1e-12 } as const;
    const losses: number[] = [];
    const result = await fitAdversarial(
      tinyRequest(
        {
          ...{ backend, steps: torch.losses.length, criticWeight: torch.criticWeight },
          switching: { kind: 'fixed', criticSteps: 1, generatorSteps: 1 },
          generator: { optimizer, learningRate: torch.rates[0] },
          critic: { optimizer, learningRate: torch.rates[1] },
        },
        {
          generator: started('generator', tinyGenerator({ plain: true })),
          critic: started('critic', tinyCritic({ plain: true })),
          train: arraySource({
            ...{ shape: [1, 6, 6], pixels: Uint8Array.from(torch.pixels) },
            ...{ targets: torch.targets, targetSize: 108 },
          }),
          onEvent: (event) => event.kind === 'step' && losses.push(event.loss),
        },
      ),
    );
    expect(largestDifference(losses, torch.losses)).toBeLessThan(2e-5);
    for (const player of ['generator', 'critic'] as const) {
      for (const [name, values] of tensorsOf(player, torch.end[player]))
        expect(largestDifference(tensor(result[player], name), values), name).toBeLessThan(2e-4);
    }
  });

  it('is recorded stretch by stretch', async () => {
    const events: AdversarialEvent[] = [];
    const { history, stopped, selectedStretch } = await fitAdversarial(
      tinyRequest({ steps: 25 }, { validation: drawn, onEvent: (event) => events.push(event) }),
    );
    expect(history.map(({ step }) => step)).toEqual([10, 20, 25]);
    expect([stopped, selectedStretch]).toEqual(['steps', 3]);
    for (const { criticSteps, generatorSteps, criticLoss, criticAccuracy, generatorLoss, validationLoss } of history) {
      expect(criticSteps).toBeGreaterThan(0);
      expect(generatorSteps).toBeGreaterThan(0);
      expect(criticLoss).toBeGreaterThan(0);
      expect(criticAccuracy).toBeGreaterThanOrEqual(0);
      expect(criticAccuracy).toBeLessThanOrEqual(1);
      expect(generatorLoss).toBeGreaterThan(0);
      expect(validationLoss).toBeGreaterThan(0);
    }
    const steps = events.flatMap((event) => (event.kind === 'step' ? [event] : []));
    expect(steps).toHaveLength(25);
    // A generator's step comes only after a critic's step below the threshold.
    for (const [i, { trained }] of steps.entries()) {
      if (trained !== 'generator') continue;
      expect(steps[i - 1]!.trained).toBe('critic');
      expect(steps[i - 1]!.loss).toBeLessThan(0.68);
    }
  });

  it('leaves the generator as it is while the critic learns alone', async () => {
    const { generator, critic, history } = await fitAdversarial(
      tinyRequest({ switching: { kind: 'critic' }, steps: 12 }),
    );
    const untrained = tinyRequest();
    expect(tensor(generator, 'first/kernel')).toEqual(tensor(untrained.generator.model, 'first/kernel'));
    expect(tensor(critic, 'a/kernel')).not.toEqual(tensor(untrained.critic.model, 'a/kernel'));
    expect(history.map(({ generatorSteps }) => generatorSteps)).toEqual([0, 0]);
    expect(history[0]!.generatorLoss).toBeNaN();
  });

  it('resumes in any stage to the same bits when cancelled', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-adversarial-'));
    const undisturbed = await fitAdversarial(tinyRequest({}, { validation: drawn }));
    for (const stop of [17, 38]) {
      const controller = new AbortController();
      const onEvent = (event: AdversarialEvent) => event.kind === 'step' && event.step === stop && controller.abort();
      const request = tinyRequest(
        { checkpoint: { folder } },
        { validation: drawn, onEvent, signal: controller.signal },
      );
      await expect(fitAdversarial(request)).rejects.toMatchObject({ code: 'CHROMARAY_TRAINING_CANCELLED' });
    }
    const resumed = await fitAdversarial(tinyRequest({ checkpoint: { folder } }, { validation: drawn }));
    expect(resumed.resumedFrom).toBe(30);
    const numbers = ({ generator, critic, history, bestStretch }: AdversarialResult) => [
      generator.graph.initializers,
      critic.graph.initializers,
      history.map(({ seconds: _, ...rest }) => rest),
      bestStretch,
    ];
    expect(numbers(resumed)).toEqual(numbers(undisturbed));
    const other = tinyRequest({ checkpoint: { folder }, criticWeight: 0.3 });
    await expect(fitAdversarial(other)).rejects.toMatchObject({ code: 'CHROMARAY_CHECKPOINT_MISMATCH' });
    rmSync(folder, { recursive: true });
  });
});

describe('a critic that collapses', () => {
  it.each([
    ['overpowers', { window: 5, overpowers: 10 }, /below 10: it tells every picture apart/],
    ['blind', { window: 5, overpowers: 0, blind: 0.01 }, /above 0\.01: it guesses/],
  ] as const)(
    'ends the training when it %s, and the generator of the best stretch is kept',
    async (reason, rule, words) => {
      const events: AdversarialEvent[] = [];
      const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-collapse-'));
      const scores = [2, 1, 3];
      // The rule begins to hold at its fifth step of the critic; a long window lets three stretches pass first.
      const collapse = { ...rule, window: 18 };
      const judge = () => scores.shift()!;
      const request = () =>
        tinyRequest({ collapse, checkpoint: { folder } }, { judge, onEvent: (event) => events.push(event) });
      const result = await fitAdversarial(request());
      expect(result.stopped).toBe('collapse');
      expect(result.collapse).toMatchObject({ reason, window: 18 });
      expect(result.collapse!.step).toBeGreaterThan(20);
      expect(result.selectedStretch).toBe(2);
      const [said] = events.flatMap((event) => (event.kind === 'collapse' ? [event.message] : []));
      expect(said).toMatch(words);
      expect(said).toContain('The generator is kept as it was after stretch 2, its best.');
      const upToThere = await fitAdversarial(tinyRequest({ steps: 20 }));
      expect(result.generator.graph.initializers).toEqual(upToThere.generator.graph.initializers);
      // Started again, it says the same and trains no more.
      events.length = 0;
      const again = await fitAdversarial(request());
      expect(again.collapse).toEqual(result.collapse);
      expect(again.generator.graph.initializers).toEqual(result.generator.graph.initializers);
      expect(events.map(({ kind }) => kind)).toEqual(['start']);
      rmSync(folder, { recursive: true });
    },
  );

  it('is found when its loss is no number, before anything was finished', async () => {
    const critic = { optimizer: { kind: 'sgd' }, learningRate: 1e38 } as const;
    const messages: string[] = [];
    const onEvent = (event: AdversarialEvent) => event.kind === 'collapse' && messages.push(event.message);
    const result = await fitAdversarial(tinyRequest({ critic }, { onEvent }));
    expect(result.collapse).toMatchObject({ reason: 'not finite' });
    expect(result.selectedStretch).toBe(0);
    expect(messages[0]).toMatch(
      /are not finite numbers in step \d+: it has diverged\. The generator is kept as it was at the start/,
    );
    expect(result.generator.graph.initializers).toEqual(
      withWeights(tinyGenerator().model, new Map()).graph.initializers,
    );
    await expect(fitAdversarial(tinyRequest({ critic, collapse: false }))).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_NOT_FINITE',
    });
  });
});

describe('a training of two networks that cannot work', () => {
  it.each([
    ['no steps', tinyRequest({ steps: 0 }), 'CHROMARAY_TRAINING_OPTION', 'steps is 0'],
    [
      'targets that are no pictures',
      tinyRequest({}, { train: { ...drawn, targetSize: 3 } }),
      'CHROMARAY_TRAINING_DATA',
      'targets of 3 numbers',
    ],
    [
      'a critic of another kind',
      tinyRequest({}, { critic: tinyGenerator() }),
      'CHROMARAY_TRAINING_DATA',
      'The critic takes uint8 [1, 6, 6]',
    ],
  ])('is refused: %s', async (_, request, code, words) => {
    await expect(fitAdversarial(request)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    });
  });
});
