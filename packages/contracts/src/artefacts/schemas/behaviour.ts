import { z } from 'zod';
import { count, interval, measured, number, shortcut, text, wordOrNull } from './common.js';

const estimate = z.object({ value: number, interval });
const scores = { brier: number, logLoss: number, calibrationError: number };

const against = z.enum(['own', 'all negatives', 'all positives']);

const arm = z.object({
  arm: text,
  control: z.boolean(),
  seeds: z.array(number),
  calibration: z.array(
    z.object({
      ...scores,
      seed: number,
      slope: estimate.nullable(),
      intercept: estimate.nullable(),
      temperature: number,
      atTemperature: z.object(scores),
    }),
  ),
  reliability: z.array(
    z.object({
      probability: number,
      observed: number,
      perSeed: z.array(z.object({ seed: number, probability: number, observed: number })),
    }),
  ),
  thresholds: z.array(
    z.object({
      rule: z.enum(['youden', 'sensitivity', 'cost']),
      description: text,
      thresholds: z.array(number),
      sensitivity: estimate,
      specificity: estimate,
    }),
  ),
  decisionCurve: z.array(z.object({ threshold: number, model: number, everybody: number })),
  subgroups: z.array(
    z.object({
      by: text,
      group: text,
      records: count,
      patients: count,
      positives: count,
      negatives: count,
      against,
      auroc: estimate.nullable(),
      accuracy: estimate.nullable(),
    }),
  ),
  mistakes: z.array(
    z.object({ record: text, label: text, subtype: wordOrNull, probability: number, wrongSeeds: count }),
  ),
});

const agreement = z.object({
  arm: text,
  control: text,
  perSeed: z.array(
    z.object({
      seed: number,
      observed: number,
      kappa: measured,
      interval: interval.nullable(),
      onlyArmWrong: count,
      onlyControlWrong: count,
      bothWrong: count,
    }),
  ),
  kappa: measured,
});

const fold = z.object({
  fold: count,
  records: count,
  positives: count,
  networks: z.array(
    z.object({ arm: text, seed: number, auroc: number, sensitivity: number, specificity: number, brier: number }),
  ),
});

export const behaviourSchema = z.object({
  positive: text,
  level: number,
  arms: z.array(arm),
  folds: z.array(fold).exactOptional(),
  agreement: z.array(agreement),
  shortcuts: z.array(shortcut).exactOptional(),
  againstShortcuts: z
    .array(z.object({ arm: text, view: shortcut.shape.view, difference: number, interval, p: number }))
    .exactOptional(),
  subgroupDifferences: z
    .array(
      z.object({ by: text, group: text, arm: text, control: text, against, difference: number, interval, p: number }),
    )
    .exactOptional(),
});
