import { z } from 'zod';
import type { StudyHappening } from './events.js';
import { parts } from './part.js';
import { splitMethods } from './split.js';
import { armKinds } from './study-file/arm-differences.js';
import { balanceMethods, tuneMethods } from './study-file/choices.js';
import { endpointKind, endpointRange } from './study-file/schema.js';
import { verdictWords } from './verdict.js';

/** JSON has no NaN; a number that was none is null there. */
const figure = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const count = z.number().int().min(0);
const countOrNull = count.nullable();
const share = z.number();
const text = z.string();

const trial = { arm: text, seed: z.number().int(), split: count.exactOptional() };
const place = { ...trial, finished: count, trials: count };
const worker = { worker: text.exactOptional() };
const error = z.object({ code: text, message: text, remedy: text });
const finding = z.object({ id: text, title: text, remedy: text, records: count });
const partCounts = z.object({ records: count, patients: countOrNull, positives: count, negatives: count });

const epoch = z.object({
  epoch: count,
  trainLoss: figure,
  trainAccuracy: figure,
  validationLoss: figure,
  validationAccuracy: figure,
  validationAuroc: figure,
  learningRate: figure,
  seconds: figure,
});

const flaw = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('missing') }),
  z.object({ kind: z.literal('few-records'), records: count, of: count, leastShare: share }),
  z.object({ kind: z.literal('few-patients'), patients: count, least: count }),
]);

const choice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nearest-of-shuffles'), shuffles: count }),
  z.object({ kind: z.literal('fold'), number: count, of: count }),
  z.object({ kind: z.literal('site'), site: text, number: count, of: count }),
  z.object({ kind: z.literal('validation-remade'), flaw, taken: count, share }),
]);

const split = z.object({
  kind: z.literal('split-made'),
  method: z.enum(splitMethods),
  patientsKnown: z.boolean(),
  positive: text,
  imbalance: z.object({ largestSizeGap: share, largestPrevalenceGap: share }),
  choice: choice.nullable(),
  seed: z.number().int(),
  counts: z.object({ train: partCounts, validation: partCounts, test: partCounts }),
});

const armsCompared = z.object({
  kind: z.literal('arms-compared'),
  control: text,
  arms: z.array(text).readonly(),
  differing: z.array(z.object({ key: text, values: z.array(text).readonly() })).readonly(),
  causes: z.array(z.object({ arm: text, kinds: z.array(z.enum(armKinds)).readonly() })).readonly(),
});

const balance = z.object({
  kind: z.literal('balance-planned'),
  method: z.enum(balanceMethods),
  positive: text,
  negative: text,
  positives: count,
  negatives: count,
  images: count,
  classWeights: z.object({ positive: z.number(), negative: z.number() }),
  exactCopies: z.boolean(),
  arms: z.array(text).readonly().exactOptional(),
  turned: z.object({ positives: count, negatives: count }).readonly().exactOptional(),
});

const fallback = z.discriminatedUnion('what', [
  z.object({ kind: z.literal('fell-back'), what: z.literal('backend'), wanted: text, used: text, reason: text }),
  z.object({ kind: z.literal('fell-back'), what: z.literal('checkpoint'), ...trial, reason: text }),
]);

const progress = z.object({
  kind: z.literal('progress'),
  phase: z.enum([
    'reading',
    'auditing',
    'decoding',
    'colorizing',
    'tuning',
    'training',
    'predicting',
    'explaining',
    'reporting',
  ]),
  done: z.number(),
  total: z.number(),
  unit: z.enum(['images', 'steps']),
  part: z.enum(parts).exactOptional(),
  arm: text.exactOptional(),
  seed: z.number().int().exactOptional(),
  split: count.exactOptional(),
  epoch: count.exactOptional(),
  epochs: count.exactOptional(),
  step: count.exactOptional(),
  steps: count.exactOptional(),
});

const concluded = z.object({
  kind: z.literal('concluded'),
  verdict: z.enum([...verdictWords, 'invalid']),
  comparisons: z
    .array(
      z.object({
        arm: text,
        verdict: z.enum(verdictWords),
        difference: figure,
        interval: z.tuple([figure, figure]).readonly(),
      }),
    )
    .readonly(),
  margin: figure.exactOptional(),
  unfinished: count,
});

const happening = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run-started'), version: text }),
  z.object({
    kind: z.literal('dataset-described'),
    ...{ dataset: text, records: count, patients: countOrNull, unreadable: count, leftOut: count },
  }),
  split,
  armsCompared,
  balance,
  z.object({ kind: z.literal('audit-started'), records: count }),
  z.object({
    kind: z.literal('audit-finished'),
    ...{ checks: count, blocks: count, warns: count, notes: count, seconds: figure },
  }),
  z.object({ kind: z.literal('warned'), by: z.literal('audit'), finding }),
  z.object({ kind: z.literal('risk-accepted'), by: z.enum(['user', 'replication']), finding }),
  z.object({ kind: z.literal('batch-larger-than-part'), batch: count, images: count }),
  z.object({
    kind: z.literal('constants-untrained'),
    file: text,
    constants: z.array(z.object({ name: text, shape: z.array(count).readonly(), usedBy: text })).readonly(),
  }),
  z.object({ kind: z.literal('features-found'), file: text, tensor: text }),
  z.object({ kind: z.literal('weights-widened'), file: text, types: z.array(text).readonly(), numbers: count }),
  z.object({
    kind: z.literal('sensitivity-planned'),
    endpoint: endpointKind.extend({ range: endpointRange.readonly().exactOptional() }).exactOptional(),
    ...{ smallestDetectable: figure, auroc: figure, power: figure, margin: figure, seeds: count },
  }),
  fallback,
  z.object({
    kind: z.literal('workers-missing'),
    ...{ wanted: text, trials: count, anyWouldDo: z.boolean() },
    workers: z.array(z.object({ worker: text, lacks: text })).readonly(),
  }),
  z.object({
    kind: z.literal('tuning-planned'),
    method: z.enum(tuneMethods),
    ...{ arms: count, candidates: count, epochs: count, validation: count },
    rungs: z.array(z.object({ candidates: count, epochs: count })).readonly(),
  }),
  z.object({
    kind: z.literal('tuning-finished'),
    kept: z.boolean(),
    chosen: z.array(z.object({ arm: text, candidate: count, settings: text, auroc: figure })).readonly(),
  }),
  z.object({
    kind: z.literal('training-planned'),
    ...{ trials: count, concurrency: count, threads: count, backend: text, backendVersion: text },
    elsewhere: z.literal(true).exactOptional(),
  }),
  z.object({ kind: z.literal('trial-kept'), ...place }),
  z.object({ kind: z.literal('trial-started'), ...place, ...worker }),
  z.object({ kind: z.literal('trial-resumed'), ...place, ...worker, epochs: count }),
  z.object({ kind: z.literal('epoch-done'), ...trial, epoch }),
  z.object({ kind: z.literal('trial-finished'), ...place, ...worker }),
  z.object({ kind: z.literal('trial-failed'), ...place, error }),
  z.object({ kind: z.literal('trial-interrupted'), ...place }),
  progress,
  concluded,
  z.object({
    kind: z.literal('run-ended'),
    outcome: z.enum(['concluded', 'stopped-by-audit', 'interrupted', 'failed']),
    error: error.nullable(),
  }),
]) satisfies z.ZodType<StudyHappening>;

/** Does not compile when the schema refuses something that the type allows. */
type Covered = StudyHappening extends z.input<typeof happening> ? true : never;
true satisfies Covered;

/** A happening as text, for a store. */
export function encodeHappening(event: StudyHappening): string {
  return JSON.stringify(event);
}

/** A happening from its text; undefined for what this program cannot have written. */
export function decodeHappening(content: string): StudyHappening | undefined {
  try {
    return happening.parse(JSON.parse(content)) satisfies StudyHappening;
  } catch {
    return undefined;
  }
}
