import { readFileSync } from 'node:fs';
import { packageFile } from '@chromaray/base';
import { z } from 'zod';
import type { KnownFile } from '../known.js';

/** Weights that are known by name, installed or not. */
export interface KnownWeights extends KnownFile {
  /** The network they are of. */
  readonly preset: string;
  /** What their pixels were scaled to; null where it is what the preset scales to by itself. */
  readonly input: { readonly range: readonly [number, number] } | null;
  /** The one picture size that they can be used at, or were trained at and lose by another; null for any. */
  readonly size: number | null;
}

const schema = z.strictObject({
  weights: z.array(
    z.strictObject({
      name: z.string(),
      preset: z.string(),
      input: z.strictObject({ range: z.tuple([z.number(), z.number()]) }).nullable(),
      size: z.number().int().positive().nullable(),
      url: z.url({ protocol: /^https$/ }).nullable(),
      bytes: z.number().int().positive().nullable(),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
      licence: z.string(),
      source: z.url({ protocol: /^https$/ }),
      note: z.string(),
    }),
  ),
});

/**
 * The weights that this version knows: the file `weights.json` of this package. An entry has an address only where a file
 * that can be read here is published with its SHA-256.
 */
export function knownWeights(): readonly KnownWeights[] {
  return schema.parse(JSON.parse(readFileSync(packageFile(import.meta.url, 'weights.json'), 'utf8'))).weights;
}
