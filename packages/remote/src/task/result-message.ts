import { canonicalJson, programVersion, sha256 } from '@chromaray/base';
import type { TrialResult, TrialTask } from '@chromaray/trials';
import { z } from 'zod';
import { packFloats, unpackFloats } from './bytes.js';
import { base64, executionProfile, hash, messageFormat, name } from './fields.js';
import { messageError } from './message-error.js';
import { trialId } from './trial-id.js';

const mostProbabilities = 4_000_000;
/** Most bytes of a result in JSON. */
export const mostResultBytes = 64 * 1024 * 1024;

/** JSON has no NaN and no infinities; a number that was none of JSON's is null there. */
const figure = z.number().nullable();
const measured = z.number().min(0);

const epoch = z.strictObject({
  epoch: z.number().int().min(1),
  trainLoss: figure,
  trainAccuracy: figure,
  validationLoss: figure,
  validationAccuracy: figure,
  validationAuroc: figure,
  learningRate: figure,
  seconds: measured,
});

const resultMessage = z.strictObject({
  format: z.literal(messageFormat),
  version: name,
  trial: hash,
  /** The machine that computed it, by the name that its worker was given. */
  worker: name,
  epochs: z.array(epoch).min(1).max(100_000),
  selectedEpoch: z.number().int().min(1),
  stoppedBy: name,
  probabilities: z.strictObject({ validation: base64(mostProbabilities * 4), test: base64(mostProbabilities * 4) }),
  seconds: measured,
  imagesPerSecond: measured,
  idleShare: measured,
  peakMemoryBytes: measured,
  modelHash: hash,
  profile: executionProfile,
});

/** What a trial came to, as it travels back; the model file lies beside it. */
export type ResultMessage = z.infer<typeof resultMessage>;

/** A result as JSON. */
export function encodeResult(task: TrialTask, result: TrialResult, worker: string): string {
  const { probabilities, ...same } = result;
  return JSON.stringify({
    ...same,
    format: messageFormat,
    version: programVersion(),
    trial: trialId(task),
    worker,
    probabilities: { validation: packFloats(probabilities.validation), test: packFloats(probabilities.test) },
  });
}

/** Reads a result that came from another machine. @throws ChromarayError `CHROMARAY_REMOTE_MESSAGE` when it is none */
export function decodeResult(text: string): ResultMessage {
  if (text.length > mostResultBytes) throw messageError('result', `has more than ${mostResultBytes} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw messageError('result', `is no JSON (${(error as Error).message})`, error);
  }
  const { data, error } = resultMessage.safeParse(value);
  if (error !== undefined) throw messageError('result', z.prettifyError(error), error);
  return data;
}

/**
 * The result of this task. @throws ChromarayError `CHROMARAY_REMOTE_MESSAGE` for one of another trial, or of another number of images
 */
export function resultOf(message: ResultMessage, task: TrialTask): TrialResult {
  if (message.trial !== trialId(task)) throw messageError('result', `is of the trial ${message.trial}`);
  const { format: _, version: __, trial: ___, worker: ____, probabilities, epochs, ...same } = message;
  const part = (of: 'validation' | 'test'): Float32Array => {
    const values = floatsOf(probabilities[of]);
    const { length } = task.parts[of].labels;
    if (values.length !== length) {
      throw messageError('result', `has ${values.length} predictions of the ${of} part, which has ${length} images`);
    }
    return values;
  };
  return {
    ...(same as Omit<TrialResult, 'probabilities' | 'epochs'>),
    epochs: epochs.map(epochOf),
    probabilities: { validation: part('validation'), test: part('test') },
  };
}

/** One epoch as it was measured. */
export function epochOf({ seconds, epoch: number, ...figures }: z.infer<typeof epoch>): TrialResult['epochs'][number] {
  const read = (value: number | null): number => value ?? Number.NaN;
  return {
    epoch: number,
    trainLoss: read(figures.trainLoss),
    trainAccuracy: read(figures.trainAccuracy),
    validationLoss: read(figures.validationLoss),
    validationAccuracy: read(figures.validationAccuracy),
    validationAuroc: read(figures.validationAuroc),
    learningRate: read(figures.learningRate),
    seconds,
  };
}

function floatsOf(text: string): Float32Array {
  try {
    return unpackFloats(text);
  } catch (error) {
    throw messageError('result', (error as Error).message, error);
  }
}

/**
 * The hash of everything in a result that one trial must give each time it is run: predictions, figures of the epochs, the
 * model. Times, memory and who computed it may differ.
 */
export function resultBits({
  epochs,
  selectedEpoch,
  stoppedBy,
  probabilities,
  modelHash,
  profile,
}: ResultMessage): string {
  const figures = epochs.map(({ seconds: _, ...rest }) => rest);
  return sha256(canonicalJson({ epochs: figures, selectedEpoch, stoppedBy, probabilities, modelHash, profile }));
}
