import { performance } from 'node:perf_hooks';
import { Random } from '@chromaray/base';
import type { TrainingSession } from '../backends/backend.js';
import { correctExamples } from '../training/loss/host-loss.js';
import type { Loss } from '../training/loss/types.js';
import type { ExampleSource } from '../training/types.js';
import { BatchReader, type Waiting } from './batches.js';
import { cancelled } from './cancelled.js';
import type { FitRequest } from './fit-types.js';
import { learningRateAt } from './schedules.js';

/** Figures of one pass over the training examples. */
export interface EpochFigures {
  readonly loss: number;
  readonly accuracy: number;
  readonly learningRate: number;
  readonly examplesPerSecond: number;
  readonly idleShare: number;
}

/** One pass over the training examples, in an order that depends on seed and epoch alone. */
export async function trainEpoch(
  session: TrainingSession,
  reader: BatchReader,
  request: FitRequest,
  epoch: number,
): Promise<EpochFigures> {
  const { train, options, onEvent, signal } = request;
  const steps = Math.ceil(train.count / options.batch);
  const plan = { epochs: options.epochs, stepsPerEpoch: steps };
  const order = new Random(options.seed).fork('order').fork(epoch).permutation(train.count);
  const waiting: Waiting = { seconds: 0 };
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  let [step, examples, lossSum, correct, learningRate] = [0, 0, 0, 0, 0];
  for await (const batch of reader.read(order, waiting, epoch)) {
    if (signal?.aborted) throw cancelled(request, epoch);
    const done = (epoch - 1) * steps + step;
    learningRate = learningRateAt(options.schedule ?? { kind: 'constant' }, options.learningRate, done, plan);
    const { loss, logits } = await session.step({ ...batch, learningRate, step: done + 1 });
    step++;
    examples += batch.count;
    lossSum += loss * batch.count;
    correct += correctExamples(options.loss, batch, logits);
    const examplesPerSecond = examples / elapsed();
    onEvent?.({ kind: 'step', epoch, step, steps, loss, learningRate, examples, examplesPerSecond });
  }
  if (signal?.aborted) throw cancelled(request, epoch);
  const seconds = elapsed();
  return {
    loss: lossSum / examples,
    accuracy: correct / examples,
    learningRate,
    examplesPerSecond: examples / seconds,
    idleShare: Math.min(1, waiting.seconds / seconds),
  };
}

export interface ValidationFigures {
  /** Mean loss without the L2 penalty. */
  readonly loss: number;
  readonly accuracy: number;
  /** The model's first output for every example, in the source's order; undefined unless asked for. */
  readonly probabilities: Float32Array | undefined;
}

/** Measures the model as it is now on examples in their own order. */
export async function validate(
  session: TrainingSession,
  source: ExampleSource,
  loss: Loss,
  batchSize: number,
  checkAborted: () => void,
  keepsOutputs: boolean,
): Promise<ValidationFigures> {
  const order = Int32Array.from({ length: source.count }, (_, i) => i);
  let [sum, correct, examples] = [0, 0, 0];
  let probabilities: Float32Array | undefined;
  for await (const batch of new BatchReader(source, batchSize).read(order)) {
    checkAborted();
    const output = await session.measure(batch);
    const width = output.probabilities.length / batch.count;
    if (keepsOutputs) probabilities ??= new Float32Array(source.count * width);
    probabilities?.set(output.probabilities, examples * width);
    sum += output.loss;
    correct += correctExamples(loss, batch, output.logits);
    examples += batch.count;
  }
  return { loss: sum / examples, accuracy: correct / examples, probabilities };
}
