import { z } from 'zod';

/** The addresses of a served exchange, below its own. */
export const paths = {
  root: 'exchange',
  check: 'api/exchange/check',
  /** What the check is answered with. */
  greeting: 'chromaray exchange 1',
  object: (key: string) => `api/exchange/objects/${key}`,
  written: (key: string, how: 'once' | 'replace') => `api/exchange/objects/${key}?how=${how}`,
  folder: (folder: string) => `api/exchange/folders/${folder}`,
} as const;

/** One of the objects that a folder of keys holds. */
export const listedSchema = z.strictObject({
  name: z.string().max(200),
  bytes: z.number().int().min(0),
  ageSeconds: z.number().min(0),
});
