import { z } from 'zod';
import { endpoint } from '../../study-file/schema.js';
import { finding } from './audit.js';
import { count, machine, moment, number, sha256, shortcut, text, versions, wordOrNull } from './common.js';

const weights = z.object({ file: text, sha256, licence: wordOrNull });

export const runSchema = z.object({
  accepted: z.array(finding),
  declared: z
    .object({ file: sha256, endpoint: endpoint.exactOptional(), registered: z.boolean().exactOptional() })
    .exactOptional(),
  balance: text,
  versions,
  machine,
  concurrency: count,
  threads: count,
  weights: weights.exactOptional(),
  armWeights: z.record(z.string(), weights.nullable()).exactOptional(),
  started: moment,
  finished: moment.nullable(),
  seconds: number,
  shortcuts: z.array(shortcut).exactOptional(),
  testPacks: z.record(z.string(), z.string()),
  otherTestPacks: z.record(z.string(), z.record(z.string(), z.string())).exactOptional(),
});
