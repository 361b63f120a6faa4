import { canonicalJson, programVersion, sha256 } from '@chromaray/base';
import type { ExecutionProfile, TrialTask } from '@chromaray/trials';
import { z } from 'zod';
import { blobName, executionProfile, hash, messageFormat, name } from '../task/fields.js';
import { nodeMajor } from '../task/task-message.js';

export { messageFormat };

// What a queue's server gets to know: names of studies, arms and machines, numbers of progress, errors. What a trial reads,
// labels included, lies in the exchange.

/** The queue in which coordinators say which queues there are. */
export const directoryName = 'studies';

const openQueue = z.strictObject({
  format: z.literal(messageFormat),
  /** The queue's name. */
  queue: name,
  study: name,
  /** Of Chromaray; major of Node.js: others would compute other numbers. */
  version: name,
  node: z.number().int(),
  /** What all trials of this queue are to be computed by. */
  profile: executionProfile,
  /** What one trial is estimated to need. */
  memoryBytes: z.number().min(0),
});

/** A queue of trials that workers may take from. */
export type OpenQueue = z.infer<typeof openQueue>;

const trialTicket = z.strictObject({
  format: z.literal(messageFormat),
  trial: hash,
  /** The task, as a file of the exchange. */
  task: blobName,
  study: name,
  arm: name,
  seed: z.number().int(),
});

/** A trial in a queue. */
export type TrialTicket = z.infer<typeof trialTicket>;

const epoch = z.object({
  epoch: z.number().int().min(1),
  trainLoss: z.number().nullable(),
  trainAccuracy: z.number().nullable(),
  validationLoss: z.number().nullable(),
  validationAccuracy: z.number().nullable(),
  validationAuroc: z.number().nullable(),
  learningRate: z.number().nullable(),
  seconds: z.number().nullable(),
});

const progress = z.strictObject({
  worker: name,
  /** Another each time the trial is begun or resumed. */
  attempt: name,
  phase: z.enum(['fetching', 'training', 'publishing']),
  started: z
    .strictObject({ resumedAtEpoch: z.number().int().min(0), backend: name, parameters: z.number().int().min(0) })
    .exactOptional(),
  fallbacks: z.array(z.string().max(2000)).max(10),
  /** The newest. */
  epochs: z.array(epoch).max(20),
  step: z.strictObject({ epoch: z.number().int(), step: z.number().int(), steps: z.number().int() }).exactOptional(),
});

/** How far a trial is on a worker: the whole of it each time, so that nothing is missed when one is. */
export type TrialProgress = z.infer<typeof progress>;

const failure = z.object({
  name: z.string().max(200),
  code: z.string().regex(/^CHROMARAY_[A-Z0-9_]{1,80}$/),
  message: z.string().max(20_000),
  remedy: z.string().max(2000),
});

/** Why a trial failed, as a queue keeps it. */
export type TrialFailure = z.infer<typeof failure>;

/** Undefined for what this version of the program cannot have written. */
export const readOpenQueue = reader(openQueue);
export const readTrialTicket = reader(trialTicket);
export const readProgress = reader(progress);
export const readFailure = (text: string): TrialFailure | undefined => {
  try {
    return reader(failure)(JSON.parse(text));
  } catch {
    return undefined;
  }
};

function reader<Schema extends z.ZodType>(schema: Schema) {
  return (data: unknown): z.output<Schema> | undefined => schema.safeParse(data).data;
}

/** What a queue of these tasks asks of a worker. @param id of the study, the same for each of its runs */
export function openQueueOf(
  { profile }: Pick<TrialTask, 'profile'>,
  { study, id, memoryBytes }: { readonly study: string; readonly id: string; readonly memoryBytes: number },
): OpenQueue {
  return {
    format: messageFormat,
    queue: `${id}-${profileKey(profile)}`,
    study,
    version: programVersion(),
    node: nodeMajor(),
    profile,
    memoryBytes,
  };
}

function profileKey(profile: ExecutionProfile): string {
  return sha256(canonicalJson({ profile, version: programVersion(), node: nodeMajor() })).slice(0, 12);
}
