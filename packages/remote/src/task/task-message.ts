import { programVersion } from '@chromaray/base';
import { imageSchema, modelSchema, trainingSchema } from '@chromaray/contracts';
import type { parts } from '@chromaray/contracts/names';
import type { TrialTask } from '@chromaray/trials';
import { z } from 'zod';
import { fromBase64, packLabels, toBase64, unpackLabels } from './bytes.js';
import { base64, blobName, executionProfile, hash, messageFormat, name } from './fields.js';
import { messageError } from './message-error.js';
import { trialId } from './trial-id.js';

/** Most labels of one part: ten times the largest public set of chest X-rays. */
const mostLabels = 4_000_000;
/** Most bytes of a task in JSON. */
export const mostTaskBytes = 8 * 1024 * 1024;

/** Bytes by their content. */
export type BlobName = z.infer<typeof blobName>;

const rows = z.strictObject({
  /** Key of the pack: a hash of what made it. */
  pack: hash,
  /** The file of the pack. */
  file: blobName,
  /** Of two classes eight to a byte, of several one a byte. */
  labels: z.union([
    z.strictObject({ count: z.number().int().min(0).max(mostLabels), bits: base64(mostLabels / 8) }),
    z.strictObject({ count: z.number().int().min(0).max(mostLabels), indices: base64(mostLabels) }),
  ]),
});

const hidden = z.number().int().min(1).max(4096).exactOptional();
const transform = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('gray') }),
  z.strictObject({ kind: z.literal('repeat') }),
  z.strictObject({ kind: z.literal('table'), table: base64(768) }),
  z.strictObject({ kind: z.literal('rgb') }),
  z.strictObject({ kind: z.literal('learned'), hidden }),
  z.strictObject({ kind: z.literal('learned-gray'), hidden }),
]);

const classWeight = z.number().gt(0).max(1e6);

const taskMessage = z.strictObject({
  format: z.literal(messageFormat),
  /** Of Chromaray: another one may compute other numbers. */
  version: name,
  /** Major version of Node.js: as fingerprints have it. */
  node: z.number().int(),
  trial: hash,
  study: name,
  /** What one trial is estimated to need. */
  memoryBytes: z
    .number()
    .min(0)
    .max(2 ** 50),
  arm: name,
  seed: z.number().int().min(0).max(4294967295),
  transform,
  imageSize: z.number().int().min(16).max(1024),
  operations: imageSchema.omit({ size: true }).exactOptional(),
  // Files are named by what is in them.
  model: modelSchema.extend({ weights: hash.exactOptional(), onnx: hash.exactOptional() }),
  weights: blobName.exactOptional(),
  training: trainingSchema,
  classWeights: z.strictObject({ positive: classWeight, negative: classWeight }),
  classes: z
    .strictObject({ names: z.array(name).min(3).max(255), weights: z.array(classWeight).min(3).max(255) })
    .exactOptional(),
  parts: z.strictObject({ train: rows, validation: rows, test: rows }),
  profile: executionProfile,
  names: z.strictObject({
    positive: name,
    negative: name,
    transform: name,
    model: name,
    licence: name.exactOptional(),
  }),
  /** A stage of a search for hyperparameters ends after this epoch. */
  until: z.number().int().min(1).max(1e6).exactOptional(),
  fingerprint: hash,
});

/** Does not compile when a task has a key that would not travel: every such task would be refused. */
type Travels = Exclude<keyof TrialTask, keyof z.infer<typeof taskMessage>> extends never ? true : never;
true satisfies Travels;

/** A trial as it travels to the machine that runs it: no path, no code, no patient's id, no pixel. */
export type TaskMessage = z.infer<typeof taskMessage>;

/** What a task is told besides what it is. */
export interface TaskCircumstances {
  /** The study's name. */
  readonly study: string;
  /** What one trial is estimated to need. */
  readonly memoryBytes: number;
  /** The files of its packs, and of the weights if it has some. */
  readonly blobs: Readonly<Record<(typeof parts)[number], BlobName>> & { readonly weights?: BlobName };
}

/** A task as JSON. @throws ChromarayError `CHROMARAY_REMOTE_MESSAGE` for one that no worker would take */
export function encodeTask(task: TrialTask, { study, memoryBytes, blobs }: TaskCircumstances): string {
  const part = (of: (typeof parts)[number]) => {
    const { pack, labels } = task.parts[of];
    const packed = task.classes === undefined ? { bits: packLabels(labels) } : { indices: toBase64(labels) };
    return { pack, file: blobs[of], labels: { count: labels.length, ...packed } };
  };
  const { weights: _, transform, parts: __, ...same } = task;
  const text = JSON.stringify({
    ...same,
    format: messageFormat,
    version: programVersion(),
    node: nodeMajor(),
    trial: trialId(task),
    study,
    memoryBytes: Math.ceil(memoryBytes),
    transform: transform.kind === 'table' ? { kind: 'table', table: toBase64(transform.table) } : transform,
    ...(blobs.weights === undefined ? {} : { weights: blobs.weights }),
    parts: { train: part('train'), validation: part('validation'), test: part('test') },
  });
  decodeTask(text);
  return text;
}

/**
 * Reads a task that came from another machine.
 *
 * @throws ChromarayError `CHROMARAY_REMOTE_MESSAGE` when it is no task, is too large, or is not the trial it says it is
 */
export function decodeTask(text: string): TaskMessage {
  if (text.length > mostTaskBytes) throw messageError('task', `has ${text.length} bytes, more than ${mostTaskBytes}`);
  const message = parse(text);
  const id = trialId(taskOf(message));
  if (id !== message.trial) throw messageError('task', `calls itself trial ${message.trial} and is ${id}`);
  return message;
}

function parse(text: string): TaskMessage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw messageError('task', `is no JSON (${(error as Error).message})`, error);
  }
  const { data, error } = taskMessage.safeParse(value);
  if (error !== undefined) throw messageError('task', z.prettifyError(error), error);
  return data;
}

/** The task that a message describes. @throws ChromarayError `CHROMARAY_REMOTE_MESSAGE` when its labels are not as many as it says */
export function taskOf(message: TaskMessage): TrialTask {
  const { format: _, version: __, node: ___, trial: ____, study: _____, memoryBytes: ______, ...rest } = message;
  const { transform, weights, parts: of, ...same } = rest;
  const part = ({ pack, labels }: TaskMessage['parts']['train']) => ({ pack, labels: labelsOf(labels) });
  return {
    ...(same as Omit<TrialTask, 'transform' | 'weights' | 'parts'>),
    transform: transform.kind === 'table' ? { kind: 'table', table: fromBase64(transform.table) } : transform,
    ...(weights === undefined ? {} : { weights: weights.sha256 }),
    parts: { train: part(of.train), validation: part(of.validation), test: part(of.test) },
  };
}

function labelsOf(labels: TaskMessage['parts']['train']['labels']): Uint8Array {
  const { count } = labels;
  try {
    if ('bits' in labels) return unpackLabels(labels.bits, count);
    const indices = fromBase64(labels.indices);
    if (indices.length !== count) throw new RangeError(`${indices.length} bytes do not hold ${count} labels`);
    return indices;
  } catch (error) {
    throw messageError('task', (error as Error).message, error);
  }
}

/** Major version of the Node.js that runs this. */
export function nodeMajor(): number {
  return Number(process.versions.node.split('.')[0]);
}
