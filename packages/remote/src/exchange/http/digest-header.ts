import { z } from 'zod';

/** The hash of what is sent, as RFC 9530 writes it. @param sha256 64 hexadecimal digits */
export function digestHeader(sha256: string): { readonly 'Repr-Digest': string } {
  return { 'Repr-Digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:` };
}

/** 64 hexadecimal digits; undefined where the header states no SHA-256. */
export function digestOf(header: string | null | undefined): string | undefined {
  const [, base64] = /(?:^|,\s*)sha-256=:([A-Za-z0-9+/]{43}=):/.exec(header ?? '') ?? [];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('hex');
}

/** The answer to a writing. */
export const writtenSchema = z.strictObject({ written: z.boolean() });
