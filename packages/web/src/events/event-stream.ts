import { type ChromarayError, isChromarayError } from '@chromaray/base';
import type { Numbered, NumberedEvents } from './numbered-events.js';

export interface StreamOptions {
  /** The last event that the reader has; the stream starts after it. Default: `Last-Event-ID` of the request, else 0. */
  readonly since?: number;
  /** Milliseconds of silence after which a comment shows that the connection lives. Default: 15 s. */
  readonly heartbeat?: number;
}

/** Events that are read and written in one go: enough that ten thousand are replayed quickly. */
const atOnce = 200;

/**
 * Numbered events as a stream of server-sent events. A browser that lost the connection asks again with the number of
 * the last event that it has, and gets what it missed. When older events are no longer kept, an event `gap` says so first.
 *
 * When events cannot be read any more, an event `failed` with code, message and remedy is the last.
 *
 * Nothing is read before the reader takes it: memory holds {@link atOnce} events, however slow the reader is.
 *
 * @returns the answer to the request; each event is `id: <seq>` and `data: <JSON>`
 */
export function eventStream<Event extends Numbered>(
  request: Request,
  events: NumberedEvents<Event>,
  { since = lastEventId(request), heartbeat = 15_000 }: StreamOptions = {},
): Response {
  const encoder = new TextEncoder();
  const wait = new Waiting(heartbeat);
  let last = since;
  let started = false;
  const unsubscribe = events.onNew(() => wait.wake());
  const stop = (): void => {
    unsubscribe();
    wait.end();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          if (!started) {
            started = true;
            return controller.enqueue(encoder.encode(opening(last, events.oldest())));
          }
          for (;;) {
            if (wait.ended) return controller.close();
            const next = await events.after(last, atOnce);
            if (next.length > 0) {
              last = next.at(-1)!.seq;
              return controller.enqueue(encoder.encode(next.map(line).join('')));
            }
            if ((await wait.forMore()) === 'silence') return controller.enqueue(encoder.encode(':\n\n'));
          }
        } catch (error) {
          stop();
          if (!isChromarayError(error)) return controller.error(error);
          controller.enqueue(encoder.encode(failed(error)));
          controller.close();
        }
      },
      cancel: stop,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } });
}

/** How long the browser waits before it asks again, and what it cannot have any more. */
function opening(last: number, oldest: number): string {
  const gap = oldest > last + 1 ? `event: gap\ndata: ${JSON.stringify({ after: last, oldest })}\n\n` : '';
  return `retry: 1000\n\n${gap}`;
}

/** Why the stream ends before its reader left: what a page shows as it shows every error. */
function failed({ code, message, remedy, details }: ChromarayError): string {
  return `event: failed\ndata: ${JSON.stringify({ code, message, remedy, details })}\n\n`;
}

/** JSON holds no line break, so an event is one line of data. */
function line(event: Numbered): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** A page that was loaded anew has no `Last-Event-ID` and says in the address from where it wants to see. */
function lastEventId(request: Request): number {
  const named = request.headers.get('Last-Event-ID') ?? new URL(request.url).searchParams.get('since') ?? '0';
  const number = Number(named);
  return Number.isSafeInteger(number) && number >= 0 ? number : 0;
}

/** Waiting for something new, for so long that a sign of life is due, or for the end. */
class Waiting {
  ended = false;
  private woken = false;
  private resolve: ((why: 'more' | 'silence') => void) | undefined;

  constructor(private readonly heartbeat: number) {}

  wake(): void {
    this.woken = true;
    this.resolve?.('more');
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  async forMore(): Promise<'more' | 'silence'> {
    if (!this.woken) {
      let timer: NodeJS.Timeout | undefined;
      const why = await new Promise<'more' | 'silence'>((resolve) => {
        this.resolve = resolve;
        timer = setTimeout(() => resolve('silence'), this.heartbeat);
      });
      this.resolve = undefined;
      clearTimeout(timer);
      if (why === 'silence') return why;
    }
    this.woken = false;
    return 'more';
  }
}
