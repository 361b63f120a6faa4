import { z } from 'zod';
import { parts } from '../part.js';
import { covarianceMethods, readerMerits } from '../reader-analysis.js';
import { ageBands, sexes } from '../record-attributes.js';
import { corrections } from '../study-file/choices.js';
import { colourArm, dataset } from '../study-file/schema.js';
import { readerDesigns, readerMethods } from './choices.js';
import type { ReaderStudyFile } from './readers-file.js';

// The shape of a reader-study file. What two keys must agree on is in rules.ts; what each key means, in
// docs/reader-studies.md.

const text = z.string().min(1).max(500);
const phrase = z.string().min(1).max(80);
const someOf = <Value extends string>(values: readonly [Value, ...Value[]]) => z.array(z.enum(values)).min(1);

/** How cases are chosen from a data set. */
export const caseSelection = z.strictObject({
  filter: z
    .strictObject({
      parts: someOf(parts).exactOptional(),
      sexes: someOf(sexes).exactOptional(),
      ages: someOf(ageBands).exactOptional(),
      subtypes: z.array(text).min(1).exactOptional(),
    })
    .prefault({}),
  perClass: z.number().int().min(1).max(100_000).exactOptional(),
  onePerPatient: z.boolean().default(true),
  only: z.array(text).min(2).exactOptional(),
  leaveOut: z.array(text).default([]),
});

/** Readers look for one finding. */
const twoClasses = dataset.omit({ classRule: true }).extend({ positive: z.string().min(1).max(500) });
const cases = z.strictObject({ dataset: twoClasses, ...caseSelection.shape });

const design = z.strictObject({
  kind: z.enum(readerDesigns).default('crossed'),
  sessions: z.number().int().min(1).max(100).exactOptional(),
  washout: z.number().min(0).max(3650).default(28),
  blocks: z.number().int().min(2).max(50).exactOptional(),
});

const scale = z.strictObject({
  finding: phrase.default('pneumonia'),
  anchors: z.tuple([phrase, phrase, phrase]).default(['certainly absent', 'undecided', 'certainly present']),
  call: z.boolean().default(false),
});

const endpoint = z.strictObject({
  metric: z.enum(readerMerits).default('auc'),
  cut: z.number().gt(0).max(100).exactOptional(),
  range: z.tuple([z.number().min(0).lt(1), z.number().gt(0).max(1)]).exactOptional(),
  margin: z.number().gt(0).lt(0.5).default(0.05),
  alpha: z.number().gt(0).max(0.5).default(0.05),
  correction: z.enum(corrections).default('holm'),
  readers: z.enum(readerMethods).default('random'),
  cases: z.enum(readerMethods).default('random'),
  covariance: z.enum(covarianceMethods).default('jackknife'),
});

/** The sections that are registered as they are. */
export const readerSections = {
  arms: z.array(colourArm),
  design: design.prefault({}),
  image: z.strictObject({ side: z.number().int().min(64).max(4096).default(1024) }).prefault({}),
  scale: scale.prefault({}),
  back: z.boolean().default(false),
  readers: z.array(z.string()),
  endpoint: endpoint.prefault({}),
  seed: z.number().int().min(0).max(4294967295).default(1),
};

/** The schema of a reader-study file; parsing fills in defaults. */
export const readersFileSchema = z.strictObject({
  name: z.string(),
  cases,
  training: z.strictObject({ perClass: z.number().int().min(0).max(100).default(3) }).prefault({}),
  ...readerSections,
}) satisfies z.ZodType<ReaderStudyFile>;
