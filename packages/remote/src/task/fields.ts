import { trainingSchema } from '@chromaray/contracts';
import { backends } from '@chromaray/contracts/names';
import { z } from 'zod';

// Fields of what travels between machines. Everything is bounded, and nothing can be a path.

/** The format of messages between machines: a worker takes no message of another. */
export const messageFormat = 1;

/** A SHA-256, as 64 lower-case hexadecimal digits. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A word or a line to show: no control characters, no separator of folders. */
export const name = z
  .string()
  .max(500)
  .regex(/^[^\p{Cc}/\\]*$/u);

export const base64 = (mostBytes: number) => z.base64().max(Math.ceil(mostBytes / 3) * 4);

/** Bytes by their content. */
export const blobName = z.strictObject({
  sha256: hash,
  bytes: z
    .number()
    .int()
    .min(0)
    .max(2 ** 50),
});

const { provider, precision } = trainingSchema.shape;

export const executionProfile = z.strictObject({
  backend: z.enum(backends),
  version: name,
  provider: provider.unwrap(),
  precision: precision.unwrap(),
  threads: z.number().int().min(1).max(1024),
  processor: name,
});
