import { codedError } from '@chromaray/contracts/errors';
import type { z } from 'zod';

/**
 * The body of a request as what a schema says.
 *
 * @throws ChromarayError `CHROMARAY_WEB_REQUEST` when it is no JSON, is not sent as JSON or does not fit the schema
 */
export async function readJson<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  // A form of a foreign page can send text, but not this type: it would have to ask first, and is refused.
  const type = request.headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw badRequest('The body is not sent as application/json.', 'Send JSON, and say so in Content-Type.');
  const text = await request.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badRequest('The body is not JSON.', 'Send one JSON value.', cause);
  }
  return checked(value, schema, 'body');
}

/** The query of an address as what a schema says; a name given twice keeps its last value. @throws as {@link readJson} */
export function readQuery<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  return checked(Object.fromEntries(new URL(request.url).searchParams), schema, 'address');
}

function checked<Schema extends z.ZodType>(value: unknown, schema: Schema, where: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  throw codedError('CHROMARAY_WEB_REQUEST', {
    message: `The ${where} of the request does not fit: ${problems
      .slice(0, 3)
      .map(({ field, message }) => (field === '' ? message : `${field}: ${message}`))
      .join('; ')}.`,
    remedy: 'Correct these fields and ask again.',
    details: { problems },
  });
}

function badRequest(message: string, remedy: string, cause?: unknown) {
  return codedError('CHROMARAY_WEB_REQUEST', { message, remedy, cause });
}
