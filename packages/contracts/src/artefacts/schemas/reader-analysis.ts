import { z } from 'zod';
import { caseDesigns, covarianceMethods, readerMerits, readerVerdicts } from '../../reader-analysis.js';
import { count, interval, measured, number, text, versions, wordOrNull } from './common.js';
import { reason } from './verdict.js';

const slope = z.object({ readers: count, value: number, interval: interval.nullable(), p: measured });
const vary = z.enum(['random', 'fixed']);

const endpoint = z.object({
  merit: z.enum(readerMerits),
  cut: measured,
  range: interval.nullable(),
  control: text,
  margin: number,
  alpha: number,
  correction: z.enum(['holm', 'bonferroni', 'none']),
  covariance: z.enum(covarianceMethods),
  readers: vary,
  cases: vary,
  missing: z.enum(['available', 'complete']),
});

const design = z.object({
  kind: z.enum(caseDesigns),
  readers: z.array(text),
  cases: count,
  positives: count,
  negatives: count,
  readings: count,
  missing: count,
  expected: count,
  incompleteCases: count,
  withoutAnArm: z.array(z.object({ reader: text, arms: z.array(text) })),
});

const components = z.object({
  msT: number,
  msR: number,
  msTR: number,
  variance: number,
  cov1: number,
  cov2: number,
  cov3: number,
  armByReader: number,
});

const arm = z.object({
  arm: text,
  control: z.boolean(),
  mean: number,
  interval: interval.nullable(),
  degreesOfFreedom: measured,
  perReader: z.array(z.object({ reader: text, value: number, interval: interval.nullable(), roc: z.array(interval) })),
});

const comparison = z.object({
  arm: text,
  control: text,
  difference: number,
  interval,
  intervalLevel: number,
  standardError: number,
  degreesOfFreedom: measured,
  p: number,
  pCorrected: number,
  perReader: z.array(z.object({ reader: text, difference: number })),
  smallestDetectable: number,
  verdict: z.enum(readerVerdicts),
  reason,
  statement: text,
});

const protocol = z.object({
  registered: wordOrNull,
  firstReading: wordOrNull,
  lastReading: wordOrNull,
  planHash: wordOrNull,
  amendedAfterReadings: z.array(text),
  washout: z
    .object({
      plannedDays: number,
      shortestDays: measured,
      broken: z.array(z.object({ reader: text, days: number })),
    })
    .nullable(),
  trainingCases: count.nullable(),
  sessions: count.nullable(),
  deviations: z.array(z.object({ at: wordOrNull, reader: wordOrNull, what: text })),
});

export const readerAnalysisSchema = z.object({
  study: text,
  finding: wordOrNull,
  verdict: z.enum([...readerVerdicts, 'invalid']),
  statement: text,
  endpoint,
  design,
  components,
  overall: z.object({ f: number, numeratorDegrees: number, denominatorDegrees: measured, p: number }).nullable(),
  arms: z.array(arm),
  comparisons: z.array(comparison),
  smallestDetectable: number,
  times: z
    .array(
      z.object({
        arm: text,
        readings: count,
        medianSeconds: measured,
        ratio: measured,
        interval: interval.nullable(),
        p: measured,
      }),
    )
    .exactOptional(),
  agreement: z.array(
    z.object({ arm: text, icc: measured, iccInterval: interval.nullable(), cases: count, kappa: measured }),
  ),
  drift: z.object({ time: slope.nullable(), right: slope.nullable() }).exactOptional(),
  protocol: protocol.exactOptional(),
  networks: z
    .object({
      study: text,
      statement: text,
      comparisons: z.array(z.object({ arm: text, control: text, difference: number, interval, verdict: text })),
    })
    .exactOptional(),
  versions,
});
