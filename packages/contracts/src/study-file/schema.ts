import { z } from 'zod';
import { layouts } from '../dataset.js';
import { splitMethods } from '../split.js';
import {
  backends,
  balanceMethods,
  batchNorms,
  classRules,
  corrections,
  datasetPresets,
  endpointMetrics,
  fills,
  foldChoices,
  losses,
  optimizers,
  patientRules,
  precisions,
  providers,
  schedules,
  selections,
  uncertainPolicies,
} from './choices.js';
import { defaultAugmentation as augmentation, defaultFractions } from './defaults.js';
import { execution } from './execution-schema.js';
import { factors } from './factors.js';

import { image, labels } from './image-schema.js';
import { layers } from './layers-schema.js';
import { overridesOf } from './overrides.js';
import type { StudyFile } from './study-file.js';
import { tuneOf } from './tune-schema.js';

// The shape of a study file: types, ranges of single values and defaults. What two keys must agree on
// is in rules.ts; what each key means, in docs/study-file.md.

const share = z.number().min(0).max(1);
const shift = z.number().min(0).lt(1);
const openShare = z.number().gt(0).lt(1);
const wholeSeed = z.number().int().min(0).max(4294967295);
const text = z.string().min(1).max(500);
const factorRange = z.tuple([z.number().gt(0).max(10), z.number().gt(0).max(10)]);

/** Where X-rays are and what is known of them. */
export const dataset = z.strictObject({
  path: z.string().min(1).max(4096),
  layout: z.enum(layouts).default('kaggle'),
  preset: z.enum(datasetPresets).exactOptional(),
  classes: z.array(text).min(2).max(1000).exactOptional(),
  leaveOut: z.array(text).min(1).exactOptional(),
  exclude: z.string().min(1).max(4096).exactOptional(),
  uncertain: z.enum(uncertainPolicies).exactOptional(),
  classRule: z.union([z.enum(classRules), z.strictObject({ pattern: z.string().min(1).max(1000) })]).exactOptional(),
  positive: text.exactOptional(),
  patient: z.union([z.enum(patientRules), z.strictObject({ pattern: z.string().min(1).max(1000) })]).default('auto'),
  views: z
    .array(z.string().regex(/^[A-Z0-9_ ]{1,16}$/))
    .min(1)
    .exactOptional(),
  columns: z
    .strictObject({
      path: text.default('path'),
      label: text.default('label'),
      patient: text.default('patient'),
      split: text.default('split'),
      view: text.default('view'),
      sex: text.default('sex'),
      age: text.default('age'),
    })
    .prefault({}),
  unreadableShare: share.default(0.05),
  followLinks: z.boolean().exactOptional(),
});

export const split = z.strictObject({
  method: z.enum(splitMethods).default('patient'),
  fractions: z
    .strictObject({ train: openShare, validation: openShare, test: openShare })
    .default({ ...defaultFractions }),
  seed: wholeSeed.default(42),
  repeats: z.number().int().min(1).max(100).exactOptional(),
  folds: z.number().int().min(2).max(100).exactOptional(),
  by: z.enum(foldChoices).exactOptional(),
  steps: z.strictObject({ validation: openShare, train: openShare }).exactOptional(),
});

export const balance = z.strictObject({
  method: z.enum(balanceMethods).default('none'),
  perClass: z.number().int().min(1).max(1_000_000).exactOptional(),
  augmentation: z
    .strictObject({
      rotation: z.number().min(0).max(180).default(augmentation.rotation),
      widthShift: shift.default(augmentation.widthShift),
      heightShift: shift.default(augmentation.heightShift),
      shear: z.number().min(0).max(60).default(augmentation.shear),
      zoom: factorRange.default([...augmentation.zoom]),
      horizontalFlip: z.boolean().default(augmentation.horizontalFlip),
      brightness: factorRange.default([...augmentation.brightness]),
      fill: z.enum(fills).default(augmentation.fill),
    })
    .exactOptional(),
});

const namedColour = z.strictObject({
  map: text,
  seed: wholeSeed.exactOptional(),
  of: text.exactOptional(),
  colourfulness: z.number().gt(0).max(100).exactOptional(),
});

/** How an arm turns gray pixels into what its network sees; also in the metadata of saved models. */
export const colour = z.union([
  z.enum(['none', 'repeat']),
  z.literal('smooth-random').transform((map): z.infer<typeof namedColour> => ({ map })),
  namedColour,
  z.strictObject({ learned: z.union([z.literal(true), z.enum(['gray'])]) }),
  z.strictObject({ channels: z.enum(['information']) }),
  z.strictObject({
    colorizer: text,
    renderFactor: z.number().int().min(1).max(100).exactOptional(),
    seed: wholeSeed.exactOptional(),
  }),
]);

/** An arm that is nothing but a colour, as reader studies have them. */
export const colourArm = z.strictObject({ name: z.string(), control: z.boolean().default(false), colour });

const filePath = z.string().min(1).max(4096);
const perChannel = z.union([z.number(), z.array(z.number()).min(1).max(3)]);

export const model = z.strictObject({
  preset: text.exactOptional(),
  weights: filePath.exactOptional(),
  onnx: filePath.exactOptional(),
  layers: layers.exactOptional(),
  features: text.exactOptional(),
  input: z
    .union([
      z.enum(['imagenet', 'caffe']),
      z.strictObject({ range: z.tuple([z.number(), z.number()]) }),
      z.strictObject({ mean: perChannel, sd: perChannel }),
    ])
    .exactOptional(),
  head: z
    .strictObject({
      dropout: z.number().min(0).lt(1).exactOptional(),
      units: z.number().int().min(1).max(65536).exactOptional(),
      pooling: z.enum(['average', 'max', 'flatten']).exactOptional(),
    })
    .exactOptional(),
  freeze: z.array(text).min(1).exactOptional(),
  learningRates: z
    .array(z.strictObject({ match: text, factor: z.number().gt(0).max(1000) }))
    .min(1)
    .exactOptional(),
  batchNorm: z.enum(batchNorms).exactOptional(),
});

/** Ranges of the keys of `training` that a search may draw from. */
const rate = {
  learningRate: z.number().gt(0).max(100),
  momentum: z.number().min(0).lt(1),
  batch: z.number().int().min(1).max(65536),
  epochs: z.number().int().min(1).max(100_000),
  weightDecay: z.number().min(0).max(10),
  labelSmoothing: z.number().min(0).lt(1),
  clipNorm: z.number().gt(0),
};
const dropout = z.number().min(0).lt(1);

export const training = z.strictObject({
  optimizer: z.enum(optimizers).default('adam'),
  learningRate: rate.learningRate.default(0.001),
  momentum: rate.momentum.default(0),
  batch: rate.batch.default(32),
  epochs: rate.epochs.default(22),
  patience: z.number().int().min(1).exactOptional(),
  schedule: z
    .union([
      z.enum(schedules),
      z.strictObject({ step: z.strictObject({ every: z.number().int().min(1), factor: z.number().gt(0).max(1) }) }),
    ])
    .default('constant'),
  weightDecay: rate.weightDecay.default(0),
  loss: z.enum(losses).default('binary-cross-entropy'),
  labelSmoothing: rate.labelSmoothing.default(0),
  clipNorm: rate.clipNorm.exactOptional(),
  select: z.enum(selections).default('best'),
  backend: z.enum(['auto', ...backends]).default('auto'),
  provider: z.enum(providers).default('cpu'),
  device: z.number().int().min(0).max(255).exactOptional(),
  threads: z.number().int().min(1).max(1024).exactOptional(),
  precision: z.enum(precisions).default('float32'),
});

/** An arm of a study: what it names in place of the study's. How trials are computed is the same for all arms. */
export const arm = colourArm.extend({
  colour: colour.default('none'),
  image: overridesOf(image).exactOptional(),
  balance: overridesOf(balance).exactOptional(),
  model: overridesOf(model).exactOptional(),
  training: overridesOf(training.omit({ backend: true, provider: true, device: true, threads: true })).exactOptional(),
  labels: labels.nullable().exactOptional(),
});

/** At which specificity, or sensitivity, an endpoint is measured. */
const endpointShare = z.number().min(0.5).max(0.999);

/** From and to which false positive rate. */
export const endpointRange = z.tuple([z.number().min(0).lt(1), z.number().gt(0).max(1)]);

/** What an endpoint is. */
export const endpointKind = z.object({
  metric: z.enum(endpointMetrics),
  class: text.exactOptional(),
  at: endpointShare.exactOptional(),
  range: endpointRange.exactOptional(),
});

export const endpoint = z.strictObject({
  metric: z.enum(endpointMetrics).default('auroc'),
  class: text.exactOptional(),
  at: endpointShare.exactOptional(),
  range: endpointRange.exactOptional(),
  margin: z.number().gt(0).lt(0.5).default(0.01),
  alpha: z.number().gt(0).max(0.5).default(0.05),
  correction: z.enum(corrections).default('holm'),
  bootstrap: z.number().int().min(100).max(1_000_000).default(2000),
});

/** How hyperparameters are chosen, on the validation part. */
export const tune = tuneOf({ training: rate, seed: wholeSeed, dropout });

/** The schema of a study file; parsing fills in defaults. */
export const studyFileSchema = z.strictObject({
  name: z.string(),
  dataset,
  split: split.prefault({}),
  image: image.prefault({}),
  balance: balance.prefault({}),
  labels: labels.exactOptional(),
  factors: factors.exactOptional(),
  arms: z.array(arm),
  model,
  training: training.prefault({}),
  tune: tune.exactOptional(),
  seeds: z.array(wholeSeed).default([1, 2, 3]),
  endpoint: endpoint.prefault({}),
  execution: execution.exactOptional(),
}) satisfies z.ZodType<StudyFile>;
