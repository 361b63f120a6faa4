import { z } from 'zod';
import { controlKinds } from '../../controls.js';
import { corrections } from '../../study-file/choices.js';
import { endpointKind } from '../../study-file/schema.js';
import { factorOutcomes, notLearned, verdictWords } from '../../verdict.js';
import { count, countsByPart, interval, machine, measured, number, text, versions, wordOrNull } from './common.js';

const learned = z.enum(notLearned).nullable();
const perSeed = z.array(number);
const metric = z.object({ mean: number, sd: measured, perSeed, interval: interval.nullable() });

export const armResult = z.object({
  arm: text,
  control: z.boolean(),
  seeds: z.array(number),
  learning: z.object({ notLearned: learned, perSeed: z.array(learned) }).exactOptional(),
  auroc: metric,
  accuracy: metric,
  sensitivity: metric,
  specificity: metric,
  f1: metric,
  endpoint: metric.exactOptional(),
  classes: z
    .object({
      perClass: z.array(z.object({ class: text, records: count, auroc: metric, sensitivity: metric })),
      accuracy: metric,
      kappa: metric.nullable(),
      confusion: z.array(z.array(z.array(count))),
    })
    .exactOptional(),
});

export const reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['not learned', 'seeds vary', 'at chance elsewhere']), who: z.enum(['arm', 'control']) }),
  z.object({ kind: z.literal('within margin'), margin: number, significant: z.boolean() }),
  z.object({
    kind: z.literal('difference'),
    side: z.enum(['above', 'below']),
    beyondMargin: z.boolean(),
    margin: number,
  }),
  z.object({ kind: z.literal('undecided'), margin: number, smallestDetectable: number, power: number }),
]);

export const comparison = z.object({
  arm: text,
  control: text,
  difference: number,
  interval,
  intervalLevel: number,
  p: number,
  pCorrected: number,
  verdict: z.enum(verdictWords),
  reason: reason.exactOptional(),
  achieved: z
    .object({
      auroc: number,
      seedDeviation: measured,
      correlationBetweenArms: measured,
      standardError: number,
      degreesOfFreedom: number,
      smallestDetectable: number,
    })
    .exactOptional(),
  statement: text,
  bootstrap: z.object({ resamples: count, percentile: interval.nullable(), bca: interval.nullable() }),
  perSeed: z.array(
    z.object({
      seed: number,
      difference: number.exactOptional(),
      delong: z.object({ difference: number, interval, p: number }),
      mcnemar: z.object({ onlyArmRight: count, onlyControlRight: count, p: number }),
    }),
  ),
  acrossSplits: z
    .object({
      asked: count,
      differences: z.array(number),
      notLearned: count,
      result: z
        .object({ mean: number, interval, p: number, standardError: number, degreesOfFreedom: count })
        .nullable(),
      statement: text,
    })
    .exactOptional(),
});

const controls = z.object({
  present: z.array(z.object({ arm: text, kind: z.enum(controlKinds), purpose: text })),
  comparisons: z.array(
    z.object({
      arm: text,
      control: text,
      kind: z.enum(controlKinds),
      difference: number,
      interval,
      intervalLevel: number,
      p: number,
      verdict: z.enum(verdictWords),
    }),
  ),
  answers: z.array(text),
  open: z.array(text),
});

const factors = z.object({
  factors: z.array(z.object({ name: text, key: text, levels: z.array(text) })),
  cells: z.array(text),
  effects: z.array(
    z.object({
      of: z.array(z.object({ factor: text, level: text, against: text })),
      effect: measured,
      interval: interval.nullable(),
      intervalLevel: measured,
      p: measured,
      pCorrected: measured,
      seeds: z.array(number),
      outcome: z.enum(factorOutcomes),
      cellsAtFault: z.array(text),
    }),
  ),
  statement: text,
});

export const unfinishedTrial = z.object({
  arm: text,
  seed: number,
  state: z.enum(['waiting', 'running', 'interrupted', 'failed']),
  reason: wordOrNull,
});

export const studyVerdictWord = z.enum([...verdictWords, 'invalid']);

export const verdictSchema = z.object({
  study: text,
  verdict: studyVerdictWord,
  statement: text,
  endpoint: endpointKind.extend({
    part: z.literal('test'),
    margin: number,
    alpha: number,
    correction: z.enum(corrections),
    bootstrap: count,
  }),
  amendedAfterResults: z.array(text).exactOptional(),
  controls: controls.exactOptional(),
  arms: z.array(armResult),
  comparisons: z.array(comparison),
  factors: factors.exactOptional(),
  counts: countsByPart,
  folds: z.object({ asked: count, finished: count, sites: z.array(text).nullable() }).exactOptional(),
  risksAccepted: z.array(text),
  unfinished: z.array(unfinishedTrial),
  smallestDetectable: measured,
  planned: z
    .object({
      auroc: number,
      seedDeviation: number,
      correlationBetweenArms: number,
      from: z.enum(['assumptions', 'pilot']),
      smallestDetectable: number,
    })
    .exactOptional(),
  versions,
  machine,
  seconds: number,
});
