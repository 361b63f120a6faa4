import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { NetworkBuilder } from '../../layers/network-builder.js';
import type { Loss } from '../../training/loss/types.js';
import type { TrainableModel } from '../../training/types.js';
import type { TrainingState } from '../backend.js';
import { plainDescent, type Reference, randomInput, reference } from './reference.test-support.js';
import { type Subject, subjects, title } from './subjects.test-support.js';

/** A network whose forward pass and gradients every subject must compute. */
export interface Case {
  readonly name: string;
  readonly model: () => TrainableModel;
  /** Default: binary cross-entropy. */
  readonly loss?: Loss;
  /** Examples in the step. Default: 3. */
  readonly count?: number;
  /** Elements whose gradient is held against finite differences. Default: 6. */
  readonly slopes?: number;
  /** Tested also where a step takes seconds. */
  readonly essential?: boolean;
  /** Factor on the tolerances, for networks in which errors add up. Default: 1. */
  readonly leniency?: number;
  /** Left out in bfloat16: statistics over so few cells that rounding decides them. */
  readonly onlyInFloat32?: boolean;
  /** As `leniency` in bfloat16, where rounding moves the place of a maximum and with it a whole gradient. */
  readonly leniencyInBfloat16?: number;
}

/**
 * The tests of a family of cases: the float64 reference against finite differences, and every subject against the
 * reference.
 */
export function conformance(family: string, cases: readonly Case[]): void {
  describe(`conformance: ${family}`, () => {
    describe.each(cases.map((c) => [c.name, c] as const))('%s', (_, c) => {
      let known: Reference | undefined;
      const expected = () => {
        known ??= reference(c.model(), randomInput(c.model(), c.count ?? 3), c.loss);
        return known;
      };

      it('the reference has the slopes of finite differences', () => checkSlopes(c.model(), expected(), c.slopes ?? 6));

      for (const subject of subjects) {
        const skipped =
          subject.missing !== undefined ||
          (subject.slow === true && c.essential !== true) ||
          (subject.options.precision === 'bfloat16' && c.onlyInFloat32 === true);
        it.skipIf(skipped)(title(subject), { timeout: 240_000 }, async () => {
          await checkSubject(subject, c, expected());
        });
      }
    });
  });
}

function checkSlopes(model: TrainableModel, { changes, slope }: Reference, slopes: number): void {
  const random = new Random('slopes');
  for (let i = 0; i < slopes; i++) {
    const name = model.trainable[random.int(model.trainable.length)]!;
    const gradient = changes.get(name)!;
    const element = random.int(gradient.length);
    const largest = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    expect(Math.abs(gradient[element]! - slope(name, element)) / largest, `${name}[${element}]`).toBeLessThan(1e-5);
  }
}

async function checkSubject(subject: Subject, c: Case, expected: Reference): Promise<void> {
  const { backend, options, tolerance } = subject;
  const model = c.model();
  const leniency = (c.leniency ?? 1) * (options.precision === 'bfloat16' ? (c.leniencyInBfloat16 ?? 1) : 1);
  const input = randomInput(model, c.count ?? 3);
  const session = await backend.train(plainDescent(model, c.loss), input.count, options);
  try {
    const { probabilities } = await session.forward(input.pixels, input.count);
    expectNear('probabilities', probabilities, expected.probabilities, tolerance.value * leniency);
    const before = await session.state();
    const { loss, logits } = await session.step(input);
    expectNear('loss', [loss], [expected.loss], tolerance.value * leniency);
    expectNear('logits', logits, expected.logits, tolerance.value * leniency);
    expectChanges(before, await session.state(), expected, tolerance.gradient * leniency);
  } finally {
    await session.release();
  }
}

function expectNear(what: string, found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length, what).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const allowed = tolerance * Math.max(1, Math.abs(expected[i]!));
    expect(Math.abs(found[i]! - expected[i]!), `${what}[${i}]: ${found[i]} for ${expected[i]}`).toBeLessThan(allowed);
  }
}

function expectChanges(before: TrainingState, after: TrainingState, expected: Reference, tolerance: number): void {
  const norms = [...expected.changes.values()].map((change) => Math.hypot(...change));
  // Where gradients cancel, what is left of them is known to a share of what has cancelled.
  const cancelled = 0.1 * tolerance * Math.max(...norms);
  for (const [name, change] of expected.changes) {
    const [start, end] = [before.weights.get(name)!, after.weights.get(name)!];
    let [error, size, largest] = [0, 0, 0];
    change.forEach((value, i) => {
      error += (start[i]! - end[i]! - value) ** 2;
      size += value ** 2;
      largest = Math.max(largest, Math.abs(start[i]!));
    });
    // A change is known to the last digits of the weight it is taken from, in every element.
    const rounding = 3e-7 * Math.max(largest, 0.1) * Math.sqrt(change.length);
    expect(Math.sqrt(error), `change of ${name}, which is ${Math.sqrt(size)}`).toBeLessThan(
      tolerance * Math.sqrt(size) + cancelled + rounding,
    );
  }
}

export interface AroundOptions {
  readonly channels?: number;
  readonly height?: number;
  readonly width?: number;
  /** Operator set. Default: 17. */
  readonly opset?: number;
  /** Of the first convolution; before a batch normalisation its gradient is 0 but for rounding. */
  readonly bias?: boolean;
}

/** Pixels, a first convolution so that gradients must flow through, the operator, and a dense layer. */
export function around(
  operator: (network: NetworkBuilder, input: string) => string,
  { channels = 4, height = 9, width = 9, bias = true, opset = 17 }: AroundOptions = {},
): () => TrainableModel {
  return () => {
    const network = new NetworkBuilder('around', 7, opset);
    const { graph } = network;
    const pixels = graph.input('pixels', 'uint8', ['batch', 1, height, width]);
    const scaled = graph.node('Mul', [graph.node('Cast', [pixels], { to: 1 }), graph.floats(1 / 255)]);
    const first = network.convolution(scaled, { name: 'first', filters: channels, kernel: 3, padding: 'same', bias });
    const result = operator(network, first);
    return network.finish(network.dense(network.flatten(result), 1, { name: 'output' }));
  };
}
