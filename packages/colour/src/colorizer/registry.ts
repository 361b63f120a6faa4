import { readFileSync } from 'node:fs';
import { packageFile } from '@chromaray/base';
import type { KnownFile } from '@chromaray/installed';
import { z } from 'zod';
import { type ContractName, contractNames } from './contract.js';

/** A colorizer that is known by name, installed or not. */
export interface KnownColorizer extends KnownFile {
  readonly contract: ContractName;
}

const schema = z.strictObject({
  colorizers: z.array(
    z.strictObject({
      name: z.string(),
      contract: z.enum(contractNames),
      url: z.url({ protocol: /^https$/ }).nullable(),
      bytes: z.number().int().positive().nullable(),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
      licence: z.string(),
      source: z.string(),
      note: z.string(),
    }),
  ),
});

/** The colorizers that this version knows: the file `colorizers.json` of this package. */
export function knownColorizers(): readonly KnownColorizer[] {
  const file = packageFile(import.meta.url, 'colorizers.json');
  return schema.parse(JSON.parse(readFileSync(file, 'utf8'))).colorizers;
}
