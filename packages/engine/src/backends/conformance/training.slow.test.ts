import { describe, expect, it } from 'vitest';
import { arraySource } from '../../fit/array-source.js';
import { tinyNetwork } from '../../fit/blobs.test-support.js';
import { predict } from '../../prediction/predictor.js';
import type { Optimizer } from '../../training/types.js';
import type { TrainingSpecification, TrainingState } from '../backend.js';
import { referenceTraining } from './reference.test-support.js';
import { richNetwork, trainingBatch } from './rich-network.test-support.js';
import { type Subject, subjects, title } from './subjects.test-support.js';

const batch = 8;

function specification(change: Partial<TrainingSpecification> = {}): TrainingSpecification {
  return {
    model: richNetwork(),
    loss: { kind: 'binary-cross-entropy' },
    optimizer: { kind: 'adam' },
    seed: 1,
    ...change,
  };
}

function open({ backend, options }: Subject, change: Partial<TrainingSpecification> = {}) {
  return backend.train(specification(change), batch, options);
}

/** Every fifth batch is a smaller one, as at the end of an epoch. */
const inputs = (steps: number) =>
  Array.from({ length: steps }, (_, i) => trainingBatch((i + 1) % 5 === 0 ? 3 : batch, i + 1));

interface Trained {
  readonly losses: readonly number[];
  readonly state: TrainingState;
}

async function trained(subject: Subject, change: Partial<TrainingSpecification>, steps: number): Promise<Trained> {
  const session = await open(subject, change);
  try {
    const losses: number[] = [];
    for (const input of inputs(steps)) losses.push((await session.step(input)).loss);
    return { losses, state: await session.state() };
  } finally {
    await session.release();
  }
}

const optimizers: readonly (readonly [string, Optimizer, Partial<TrainingSpecification>])[] = [
  ['adam', { kind: 'adam' }, {}],
  ['sgd', { kind: 'sgd' }, {}],
  ['sgd with Nesterov momentum', { kind: 'sgd', momentum: 0.9, nesterov: true }, {}],
  ['adamw', { kind: 'adamw' }, {}],
  ['adamw with clipping', { kind: 'adamw' }, { clipNorm: 0.1 }],
  ['adam with factors', { kind: 'adam' }, { learningRateFactors: new Map([['output/kernel', 0.1]]) }],
  ['mean squared error', { kind: 'adam' }, { loss: { kind: 'mean-squared-error' } }],
];

const references = new Map<string, ReturnType<typeof referenceTraining>>();

/** Computed once for all subjects. */
function referenceOf(name: string, change: Partial<TrainingSpecification>): ReturnType<typeof referenceTraining> {
  const known = references.get(name) ?? referenceTraining(specification(change), inputs(20));
  references.set(name, known);
  return known;
}

for (const subject of subjects) {
  const { tolerance } = subject;
  describe.skipIf(subject.missing !== undefined)(
    `conformance: training on ${title(subject)}`,
    { timeout: 240_000 },
    () => {
      it.each(subject.slow ? optimizers.slice(0, 1) : optimizers)(
        'goes where float64 goes in 20 steps: %s',
        async (name, optimizer, change) => {
          const expected = referenceOf(name, { optimizer, ...change });
          const { losses, state } = await trained(subject, { optimizer, ...change }, 20);
          losses.forEach((loss, step) => {
            expect(Math.abs(loss - expected.losses[step]!), `loss of step ${step + 1}`).toBeLessThan(
              tolerance.trajectory,
            );
          });
          expect([...state.weights.keys(), ...state.slots.keys()].sort()).toEqual([...expected.state.keys()].sort());
          for (const [name, values] of [...state.weights, ...state.slots]) {
            const end = expected.state.get(name)!;
            const largest = end.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
            values.forEach((value, i) => {
              expect(Math.abs(value - end[i]!), `${name}[${i}]`).toBeLessThan(
                20 * tolerance.trajectory * Math.max(1, largest),
              );
            });
          }
        },
      );

      it('gives the same bits twice', async () => {
        const again = () => trained({ ...subject, options: { ...subject.options, threads: 2 } }, {}, 5);
        expect(await again()).toEqual(await again());
      });

      it('goes on from a restored state with the same bits, also in another session', async () => {
        const session = await open(subject);
        await session.step(trainingBatch(batch, 1));
        const state = await session.state();
        const { loss } = await session.step(trainingBatch(5, 2));
        const after = await session.state();
        const forward = await session.forward(trainingBatch(6, 3).pixels, 6);
        session.restore(state);
        expect(await session.state()).toEqual(state);
        expect((await session.step(trainingBatch(5, 2))).loss).toBe(loss);
        expect(await session.state()).toEqual(after);
        expect(await session.forward(trainingBatch(6, 3).pixels, 6)).toEqual(forward);
        const other = await open(subject);
        other.restore(state);
        expect((await other.step(trainingBatch(5, 2))).loss).toBe(loss);
        await Promise.all([session.release(), other.release()]);
      });

      it.skipIf(subject.slow === true)('weighs examples: one of weight 0 might as well be absent', async () => {
        const model = tinyNetwork();
        const weighted = await open(subject, { model });
        const input = trainingBatch(batch, 1);
        input.weights.fill(0, 5);
        const { loss } = await weighted.step(input);
        const fewer = await open(subject, { model });
        const { loss: expected } = await fewer.step(trainingBatch(5, 1));
        expect(Math.abs(loss * batch - expected * 5)).toBeLessThan(batch * tolerance.value);
        await Promise.all([weighted.release(), fewer.release()]);
      });

      it.skipIf(subject.slow === true)('adds the L2 penalty to the loss and tells it apart', async () => {
        const model = tinyNetwork({ l2: 0.5 });
        const session = await open(subject, { model });
        const { loss, penalty } = await session.step(trainingBatch(batch, 1));
        const kernel = model.model.graph.initializers.get('convolution/kernel')!.data as Float32Array;
        expect(penalty).toBeCloseTo(0.5 * kernel.reduce((sum, w) => sum + w * w, 0), 5);
        const plain = await open(subject, { model: tinyNetwork() });
        expect(loss - penalty).toBeCloseTo((await plain.step(trainingBatch(batch, 1))).loss, 5);
        await Promise.all([session.release(), plain.release()]);
      });

      it('predicts with the weights and running statistics of the moment, in batches of any size', async () => {
        const session = await open(subject);
        const pixels = trainingBatch(20, 1).pixels as Uint8Array;
        const before = await session.forward(pixels, 20);
        for (const input of inputs(3)) await session.step(input);
        const { probabilities, logits } = await session.forward(pixels, 20);
        expect(probabilities).not.toEqual(before.probabilities);
        logits.forEach((logit, i) => {
          expect(Math.abs(1 / (1 + Math.exp(-logit)) - probabilities[i]!)).toBeLessThan(tolerance.value);
        });
        const model = await session.model();
        await session.release();
        const source = arraySource({ shape: [1, 8, 8], pixels });
        for (const size of [20, 7]) {
          const alone = await predict(model, source, {
            ...subject.options,
            backend: subject.backend.name,
            batch: size,
          });
          probabilities.forEach((probability, i) => {
            expect(Math.abs(probability - alone[i]!), `batches of ${size}`).toBeLessThan(tolerance.value);
          });
        }
      });

      it.skipIf(subject.slow === true)(
        'learns: the loss of a batch it sees again and again falls by half',
        async () => {
          const session = await open(subject, { model: tinyNetwork() });
          const losses: number[] = [];
          for (let step = 1; step <= 20; step++)
            losses.push((await session.step({ ...trainingBatch(batch, 1), step })).loss);
          expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
          await session.release();
        },
      );
    },
  );
}

describe.skipIf(subjects[2]!.missing !== undefined)(`conformance: ${title(subjects[2]!)}`, () => {
  it('keeps weights in float32, with all their digits', async () => {
    const { state } = await trained(subjects[2]!, {}, 5);
    const kernel = state.weights.get('convolution/kernel')!;
    const bits = new Uint32Array(kernel.buffer, kernel.byteOffset, kernel.length);
    expect(bits.some((value) => (value & 0xffff) !== 0)).toBe(true);
    const single = await trained(subjects[1]!, {}, 5);
    expect(state).not.toEqual(single.state);
  });
});
