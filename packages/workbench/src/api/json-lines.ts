/** Milliseconds between two words of progress. */
const between = 150;

/**
 * An answer that is told while it is worked out, a line of JSON each.
 *
 * @param gone the request's signal: the work is stopped when nobody listens
 * @param work is given what tells a line; with `seldom`, only now and then, for progress
 */
export function jsonLines(
  gone: AbortSignal,
  work: (tell: (line: object, seldom?: boolean) => void, signal: AbortSignal) => Promise<void>,
): Response {
  const stopped = new AbortController();
  gone.addEventListener('abort', () => stopped.abort());
  const encoder = new TextEncoder();
  let last = 0;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const tell = (line: object, seldom = false): void => {
        if (stopped.signal.aborted || (seldom && performance.now() - last < between)) return;
        last = performance.now();
        controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      // Not waited for: the answer begins at once.
      void work(tell, stopped.signal).then(
        () => stopped.signal.aborted || controller.close(),
        (error: unknown) => stopped.signal.aborted || controller.error(error),
      );
    },
    cancel: () => stopped.abort(),
  });
  return new Response(body, { headers: { 'Content-Type': 'application/x-ndjson' } });
}
