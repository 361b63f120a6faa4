import type { Answered, PageState } from '../src/server/messages.js';

/** What the server refused, with its code. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** The server could not be reached. */
export class Unreachable extends Error {}

const seatKey = 'seat';
/** Milliseconds to wait before a request that came too early is made again. */
const patience = 1000;

/** What this window was before it was loaded again. */
const former = sessionStorage.getItem(seatKey);

/** This window. Loaded again it is another one, so that the copy of a tab is never taken for the tab itself. */
export const seat: string = randomName();
sessionStorage.setItem(seatKey, seat);

/** A name for an event: the same one when it is sent again, so that it counts once. */
export function randomName(): string {
  // `crypto.randomUUID` is there in secure contexts only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function takeSeat(takeOver: boolean): Promise<PageState> {
  return post('seat', { former, takeOver });
}

export function readState(): Promise<PageState> {
  return post('state', {});
}

export function sendDisplay(body: object): Promise<PageState> {
  return post('display', body);
}

/** @param id the same when it is sent again */
export function sendShown(id: string, picture: string): Promise<unknown> {
  return post('shown', { id, picture });
}

export function sendPause(picture: string | null, paused: boolean): Promise<unknown> {
  return post('pause', { id: randomName(), picture, paused });
}

export function sendAnswer(body: object): Promise<Answered> {
  return post('answer', body);
}

/** The window is closed: the list is free for another. */
export function leave(): void {
  const headers = { 'Content-Type': 'application/json' };
  void fetch('/api/leave', { method: 'POST', headers, body: JSON.stringify({ seat }), keepalive: true });
}

/** The frame of a picture. */
export async function loadFrame(picture: string): Promise<ArrayBuffer> {
  const answer = await ask(`/api/pictures/${picture}?seat=${seat}`, {});
  return answer.arrayBuffer();
}

async function post<Answer>(path: string, body: object): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await ask(`/api/${path}`, { method: 'POST', headers, body: JSON.stringify({ seat, ...body }) });
  return (await answer.json()) as Answer;
}

async function ask(address: string, request: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, request);
  } catch {
    throw new Unreachable('The server cannot be reached.');
  }
  if (answer.ok) return answer;
  if (answer.status === 429) {
    await new Promise((resolve) => setTimeout(resolve, patience));
    return ask(address, request);
  }
  const said = (await answer.json().catch(() => ({}))) as Partial<Record<'code' | 'message' | 'remedy', string>>;
  throw new Refusal(said.code ?? '', said.message ?? 'The server refused.', said.remedy ?? '');
}
