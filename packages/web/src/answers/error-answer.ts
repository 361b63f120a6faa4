import { type ChromarayError, isChromarayError } from '@chromaray/base';
import { errorTable, systemError } from '@chromaray/contracts/errors';
import { z } from 'zod';
import { statusOf } from './status.js';

/** What every failed request is answered with. */
export const errorAnswerSchema = z.strictObject({
  code: z.string().regex(/^CHROMARAY_/),
  message: z.string(),
  remedy: z.string(),
  details: z.record(z.string(), z.unknown()),
});

export type ErrorAnswer = z.infer<typeof errorAnswerSchema>;

/**
 * The answer to a request that failed: the error's code, message and remedy as JSON, or as a plain page for somebody
 * who typed an address. A defect of the program shows neither its stack nor its message: either may hold a path or
 * a value of another request.
 *
 * @param onDefect is told of what is no error of the table
 */
export function errorAnswer(error: unknown, request: Request, onDefect: (error: unknown) => void): Response {
  const known = isChromarayError(error) ? (error as ChromarayError) : systemError(error);
  if (known === undefined) onDefect(error);
  const answer: ErrorAnswer =
    known === undefined
      ? {
          code: 'CHROMARAY_DEFECT',
          message: 'This is a defect of Chromaray, not a mistake of yours. The terminal shows it.',
          remedy: errorTable.CHROMARAY_DEFECT.remedy,
          details: {},
        }
      : { code: known.code, message: known.message, remedy: known.remedy, details: known.details };
  const status = statusOf(answer.code);
  const headers = { ...(status === 429 && { 'Retry-After': '5' }) };
  return wantsPage(request)
    ? new Response(errorPage(answer), { status, headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' } })
    : Response.json(answer, { status, headers });
}

/** A person who follows a link or types an address; scripts ask for JSON or do not care. */
function wantsPage(request: Request): boolean {
  return request.method === 'GET' && (request.headers.get('Accept') ?? '').startsWith('text/html');
}

function errorPage({ code, message, remedy }: ErrorAnswer): string {
  const text = (value: string): string =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Chromaray</title></head>
<body><main><h1>Chromaray</h1><p>${text(message)}</p><p>${text(remedy)}</p><p><a href="/">First page</a></p><p><code>${text(code)}</code></p></main></body></html>
`;
}
