import { canonicalJson, programVersion } from '@chromaray/base';
import type { TrialEpoch } from '@chromaray/contracts';
import { profileText, type TrialResult, type TrialTask } from '@chromaray/trials';
import { z } from 'zod';
import { packFloats, unpackFloats } from './bytes.js';
import { base64, executionProfile, hash, messageFormat, name } from './fields.js';
import { messageError } from './message-error.js';
import { trialId } from './trial-id.js';

const mostProbabilities = 4_000_000;
/** Most bytes of a result in JSON. */
const mostResultBytes = 64 * 1024 * 1024;

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
});

/** What a trial must give again, bit for bit, each time it is run. */
const numbers = z.strictObject({
  format: z.literal(messageFormat),
  trial: hash,
  epochs: z.array(epoch).min(1).max(100_000),
  selectedEpoch: z.number().int().min(1),
  stoppedBy: name,
  probabilities: z.strictObject({ validation: base64(mostProbabilities * 4), test: base64(mostProbabilities * 4) }),
  modelHash: hash,
  profile: executionProfile,
});

/** What may be another each time. */
const notes = z.strictObject({
  version: name,
  /** The machine that computed it, by the name that its worker was given. */
  worker: name,
  /** Of each epoch, as listed in the numbers. */
  epochSeconds: z.array(measured).max(100_000),
  seconds: measured,
  imagesPerSecond: measured,
  idleShare: measured,
  peakMemoryBytes: measured,
});

/** A result as two texts: what a second run must give letter for letter, and what may differ. The model file lies beside them. */
export interface ResultTexts {
  readonly numbers: string;
  readonly notes: string;
}

/** A result with the machine that computed it. */
export interface ComputedResult {
  readonly result: TrialResult;
  readonly worker: string;
}

/** A result as it travels. @param worker the machine that computed it */
export function encodeResult(task: TrialTask, result: TrialResult, worker: string): ResultTexts {
  const { epochs, selectedEpoch, stoppedBy, probabilities, modelHash, profile, ...measurements } = result;
  return {
    numbers: canonicalJson({
      format: messageFormat,
      trial: trialId(task),
      epochs: epochs.map(({ seconds: _, ...figures }) => figures),
      ...{ selectedEpoch, stoppedBy, modelHash, profile },
      probabilities: { validation: packFloats(probabilities.validation), test: packFloats(probabilities.test) },
    }),
    notes: canonicalJson({
      ...measurements,
      version: programVersion(),
      worker,
      epochSeconds: epochs.map(({ seconds }) => seconds),
    }),
  };
}

/**
 * Reads the result of a task that came from another machine.
 *
 * @throws ChromarayError `CHROMARAY_REMOTE_MESSAGE` when it is none, or that of another trial, of another profile or of another
 *   number of images
 */
export function decodeResult(texts: ResultTexts, task: TrialTask): ComputedResult {
  const { format: _, trial, epochs, probabilities, ...same } = read(texts.numbers, numbers);
  const { version: __, worker, epochSeconds, ...measurements } = read(texts.notes, notes);
  if (trial !== trialId(task)) throw messageError('result', `is of the trial ${trial}`);
  if (canonicalJson(same.profile) !== canonicalJson(task.profile)) {
    throw messageError('result', `was computed by another profile than was asked for: ${profileText(same.profile)}`);
  }
  if (epochSeconds.length !== epochs.length) throw messageError('result', 'has times of other epochs than its own');
  const part = (of: 'validation' | 'test'): Float32Array => {
    const values = floatsOf(probabilities[of]);
    const { length } = task.parts[of].labels;
    const each = task.classes?.names.length ?? 1;
    if (values.length !== length * each) {
      throw messageError(
        'result',
        `has ${values.length} predictions of the ${of} part, which has ${length} images${each === 1 ? '' : ` of ${each} classes`}`,
      );
    }
    return values;
  };
  return {
    worker,
    result: {
      ...same,
      ...measurements,
      epochs: epochs.map((one, i) => epochOf(one, epochSeconds[i]!)),
      probabilities: { validation: part('validation'), test: part('test') },
    },
  };
}

function read<Schema extends z.ZodType>(text: string, schema: Schema): z.output<Schema> {
  if (text.length > mostResultBytes) throw messageError('result', `has more than ${mostResultBytes} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw messageError('result', `is no JSON (${(error as Error).message})`, error);
  }
  const { data, error } = schema.safeParse(value);
  if (error !== undefined) throw messageError('result', z.prettifyError(error), error);
  return data;
}

function epochOf({ epoch: number, ...figures }: z.infer<typeof epoch>, seconds: number): TrialEpoch {
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
