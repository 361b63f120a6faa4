import { readFileSync } from 'node:fs';
import { nearest, packageFile } from '@chromaray/base';
import { z } from 'zod';
import { colorizerError } from '../errors/colorizer-error.js';
import { type ContractName, contractNames } from './contract.js';

/** A colorizer that is known by name, installed or not. */
export interface KnownColorizer {
  readonly name: string;
  readonly contract: ContractName;
  /** Where its file can be downloaded; null where its authors publish no ONNX file. */
  readonly url: string | null;
  readonly bytes: number | null;
  /** Null where no hash is published: the first one met is pinned, on request only. */
  readonly sha256: string | null;
  readonly licence: string;
  readonly source: string;
  readonly note: string;
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

/** @throws ChromarayError `CHROMARAY_COLORIZER_UNKNOWN`, with the nearest name */
export function knownColorizer(name: string, known: readonly KnownColorizer[] = knownColorizers()): KnownColorizer {
  const found = known.find((colorizer) => colorizer.name === name);
  if (found !== undefined) return found;
  const names = known.map((colorizer) => colorizer.name);
  const guess = nearest(name, names);
  throw colorizerError('UNKNOWN', {
    message: `There is no known colorizer "${name}"; known are ${names.join(', ')}.`,
    remedy: guess === undefined ? 'Use one of these, or add a file of your own.' : `Did you mean ${guess}?`,
    details: { name, names },
  });
}
