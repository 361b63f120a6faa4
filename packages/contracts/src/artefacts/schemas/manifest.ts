import { z } from 'zod';
import { ageBands, sexes } from '../../record-attributes.js';
import { splitMethods } from '../../split.js';
import { count, countsByPart, layout, number, part, sha256, text, wordOrNull } from './common.js';

const record = z.object({
  id: text,
  label: text,
  positive: z.boolean(),
  patient: wordOrNull,
  patientLikeness: text.exactOptional(),
  subtype: wordOrNull,
  part,
  givenPart: part.nullable(),
  sha256,
  pixelHash: text,
  bytes: count,
  width: count,
  height: count,
  colour: z.boolean(),
  viewPosition: wordOrNull.exactOptional(),
  sex: z.enum(sexes).exactOptional(),
  ageBand: z.enum(ageBands).exactOptional(),
  device: text.exactOptional(),
  site: text.exactOptional(),
  laterality: wordOrNull.exactOptional(),
});

export const manifestSchema = z.object({
  dataset: z.object({
    hash: sha256,
    layout,
    positive: text,
    negative: text,
    patientRule: z.object({ name: text, description: text }).nullable(),
  }),
  split: z.object({
    method: z.enum(splitMethods),
    seed: number,
    counts: countsByPart,
    imbalance: z.object({
      prevalence: number,
      prevalenceByPart: z.record(part, number),
      largestPrevalenceGap: number,
      largestSizeGap: number,
    }),
    notes: z.array(text),
  }),
  records: z.array(record),
  unreadable: z.array(z.object({ id: text, code: text })),
  leftOut: z.array(z.object({ reason: text, records: count })).exactOptional(),
});
