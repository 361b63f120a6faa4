import { type Fault, programGone } from './client.js';

/** What a stream of server-sent events tells. */
export interface Listener<Event> {
  /** An event, in order. @returns true: nothing more is wanted */
  readonly take: (event: Event) => boolean | undefined;
  /** Why nothing comes just now, or will ever come; undefined once it flows again. */
  readonly fail: (fault: Fault | undefined) => void;
}

/** Milliseconds until an address that did not answer is asked again. */
const pause = 1500;

/**
 * Follows a stream of events until it is left, and always says why nothing comes.
 *
 * A browser tells no page why a stream was refused, and then asks no more: the address is asked once more, by other means,
 * for the reason. While the program does not answer it is asked again and again. A page that nobody sees lets go of its
 * stream, since a browser holds few connections to one program, all tabs together, and goes on where it was when it is seen.
 *
 * @param address of the events after one; undefined: from where the page began
 * @returns leaves the stream
 */
export function follow<Event extends { readonly seq: number }>(
  address: (after: number | undefined) => string,
  { take, fail }: Listener<Event>,
): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: number | undefined;
  let isOver = false;
  let isFailed = false;

  const report = (fault: Fault | undefined): void => {
    if (fault === undefined && !isFailed) return;
    isFailed = fault !== undefined;
    fail(fault);
  };
  const letGo = (): void => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
  };
  const end = (): void => {
    isOver = true;
    letGo();
    document.removeEventListener('visibilitychange', onVisible);
  };
  const refused = async (): Promise<void> => {
    letGo();
    const fault = await whyRefused(address(last));
    if (isOver || source !== undefined) return;
    if (fault !== undefined) report(fault);
    if (fault === undefined || fault.code === programGone.code) timer = setTimeout(open, pause);
    else end();
  };
  const open = (): void => {
    letGo();
    if (isOver || document.visibilityState === 'hidden') return;
    const opened = new EventSource(address(last));
    source = opened;
    opened.onopen = () => report(undefined);
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as Event;
      last = event.seq;
      if (take(event)) end();
    };
    opened.addEventListener('failed', ({ data }: MessageEvent<string>) => {
      end();
      report(JSON.parse(data) as Fault);
    });
    opened.onerror = () => void refused();
  };
  const onVisible = (): void => {
    if (document.visibilityState === 'hidden') letGo();
    else if (source === undefined) open();
  };
  document.addEventListener('visibilitychange', onVisible);
  open();
  return end;
}

/** Why an address does not stream; undefined where it does. */
async function whyRefused(address: string): Promise<Fault | undefined> {
  const controller = new AbortController();
  try {
    const answer = await fetch(address, { signal: controller.signal });
    return answer.ok ? undefined : ((await answer.json()) as Fault);
  } catch {
    return programGone;
  } finally {
    controller.abort();
  }
}
