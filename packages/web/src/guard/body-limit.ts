import { codedError } from '@chromaray/contracts/errors';
import type { MiddlewareHandler } from 'hono';

/** Bytes of a request's body where no other limit is stated: commands are short. */
const usual = 2 ** 20;

/**
 * Refuses bodies over a limit: at once when the request states its size, and as soon as the limit is passed when it
 * does not.
 *
 * @param limits bytes by the beginning of a path; the longest that fits counts. Elsewhere: 1 MiB
 */
export function limitBodies(limits: Readonly<Record<string, number>>): MiddlewareHandler {
  const byLength = Object.entries(limits).sort(([a], [b]) => b.length - a.length);
  return async (context, next) => {
    const { path, raw } = context.req;
    const most = byLength.find(([start]) => path.startsWith(start))?.[1] ?? usual;
    const stated = raw.headers.get('Content-Length');
    if (stated !== null && Number(stated) > most) throw tooLarge(path, most);
    if (stated === null && hasBody(raw)) context.req.raw = limited(raw, () => tooLarge(path, most), most);
    await next();
  };
}

/** The parser of requests has checked the form of these headers; without either there is no body. */
function hasBody({ method, headers }: Request): boolean {
  return method !== 'GET' && method !== 'HEAD' && headers.has('Transfer-Encoding');
}

function limited(request: Request, fault: () => Error, most: number): Request {
  let left = most;
  const body = request.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        left -= part.byteLength;
        if (left < 0) controller.error(fault());
        else controller.enqueue(part);
      },
    }),
  );
  const { url, method, headers, signal } = request;
  return new Request(url, { method, headers, signal, body: body ?? null, duplex: 'half' } as RequestInit);
}

function tooLarge(path: string, most: number) {
  return codedError('CHROMARAY_WEB_BODY_SIZE', {
    message: `The body of the request has more than ${most} bytes, the most that ${path} accepts.`,
    details: { most },
  });
}
