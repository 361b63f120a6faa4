import { z } from 'zod';
import { optimizers, schedules, tuneMethods } from './choices.js';

// The shape of `tune`. What its values must agree on is in tune-rules.ts.

/** What `training.epochs` and the seeds of a study may be. */
interface TunedShapes {
  readonly training: {
    readonly learningRate: z.ZodType<number>;
    readonly batch: z.ZodType<number>;
    readonly momentum: z.ZodType<number>;
    readonly weightDecay: z.ZodType<number>;
    readonly labelSmoothing: z.ZodType<number>;
    readonly clipNorm: z.ZodType<number>;
    readonly epochs: z.ZodType<number>;
  };
  readonly seed: z.ZodType<number>;
  readonly dropout: z.ZodType<number>;
}

const strength = z.number().min(0).max(10);

/** A list to choose from, or a range to draw from: evenly, or evenly in the logarithm. */
const numbers = (value: z.ZodType<number>) =>
  z
    .union([
      z.array(value).min(2).max(100),
      z.strictObject({ linear: z.tuple([value, value]) }),
      z.strictObject({ log: z.tuple([value, value]) }),
    ])
    .exactOptional();

/** The schema of `tune`, made of those of the keys that it searches. */
export const tuneOf = ({ training, seed, dropout }: TunedShapes) =>
  z.strictObject({
    method: z.enum(tuneMethods).default('random'),
    candidates: z.number().int().min(2).max(1000).default(8),
    epochs: training.epochs.optional(),
    reduction: z.number().int().min(2).max(10).default(3),
    seed: seed.default(0),
    space: z.strictObject({
      training: z
        .strictObject({
          learningRate: numbers(training.learningRate),
          batch: numbers(training.batch),
          momentum: numbers(training.momentum),
          weightDecay: numbers(training.weightDecay),
          labelSmoothing: numbers(training.labelSmoothing),
          clipNorm: numbers(training.clipNorm),
          optimizer: z.array(z.enum(optimizers)).min(2).exactOptional(),
          schedule: z.array(z.enum(schedules)).min(2).exactOptional(),
        })
        .exactOptional(),
      model: z.strictObject({ head: z.strictObject({ dropout: numbers(dropout) }) }).exactOptional(),
      augmentation: z.strictObject({ strength: numbers(strength) }).exactOptional(),
    }),
  });
