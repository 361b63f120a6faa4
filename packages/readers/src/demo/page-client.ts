import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { ScreenFacts } from '@chromaray/contracts';
import { frameHeader, frameTable } from '../pictures/frame.js';
import type { Answered, PageState } from '../server/messages.js';

/** Milliseconds after which a request that came too early is made again. */
const patience = 250;

/** What a page was refused. */
export class PageRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A picture as the page shows it. */
export interface ShownPicture {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
  /** Of 256 colours. */
  readonly table: Uint8Array;
  /** Whether it is shown in other colours than grays. */
  readonly isColoured: boolean;
}

const screen: ScreenFacts = {
  screenWidth: 1920,
  screenHeight: 1080,
  windowWidth: 1920,
  windowHeight: 970,
  pixelRatio: 1,
};

/** Asks a reading server what the page asks, in the same way: link, cookie, window, display check, pictures, answers. */
export class PageClient {
  /** Of this window. */
  readonly seat = randomUUID();
  private cookie = '';

  private constructor(private readonly origin: string) {}

  /** Follows a reader's link. */
  static async open(link: string): Promise<PageClient> {
    const { origin } = new URL(link);
    const client = new PageClient(origin);
    const answer = await fetch(link, { redirect: 'manual' });
    client.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    await answer.arrayBuffer();
    return client;
  }

  takeSeat(takeOver = false): Promise<PageState> {
    return this.post('seat', { former: null, takeOver });
  }

  async leave(): Promise<void> {
    await this.post('leave', {});
  }

  state(): Promise<PageState> {
    return this.post('state', {});
  }

  checkDisplay(facts: ScreenFacts = screen): Promise<PageState> {
    return this.post('display', { id: randomUUID(), darkSeen: true, brightSeen: true, attempts: 2, screen: facts });
  }

  async picture(picture: string): Promise<ShownPicture> {
    const answer = await this.ask(`/api/pictures/${picture}?seat=${this.seat}`, { method: 'GET' });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const view = new DataView(bytes.buffer);
    const [width, height] = [view.getUint16(4, true), view.getUint16(6, true)];
    const start = frameHeader + frameTable;
    const table = bytes.subarray(frameHeader, start);
    const isColoured = view.getUint8(8) === 1 || table.some((value, i) => value !== table[i - (i % 3)]);
    return { width, height, gray: bytes.subarray(start, start + width * height), table, isColoured };
  }

  async shown(picture: string): Promise<void> {
    await this.post('shown', { id: randomUUID(), picture });
  }

  /** @param id sent again after a lost connection, it is one answer */
  answer(
    picture: string,
    rating: number,
    { id = randomUUID(), call = null, milliseconds = 5000 }: AnswerDetails = {},
  ): Promise<Answered> {
    const view = { windowCentre: 127.5, windowWidth: 255, zoom: 1, inverted: false };
    return this.post('answer', { id, picture, rating, call, location: null, milliseconds, view, screen });
  }

  private async post<Answer>(path: string, body: object): Promise<Answer> {
    const headers = { 'Content-Type': 'application/json', Origin: this.origin };
    const answer = await this.ask(`/api/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ seat: this.seat, ...body }),
    });
    return (await answer.json()) as Answer;
  }

  private async ask(path: string, { headers, ...request }: RequestInit): Promise<Response> {
    const answer = await fetch(this.origin + path, { ...request, headers: { ...headers, Cookie: this.cookie } });
    if (answer.ok) return answer;
    if (answer.status === 429) {
      await answer.arrayBuffer();
      await setTimeout(patience);
      return this.ask(path, { headers: headers ?? {}, ...request });
    }
    const { code, message } = (await answer.json()) as { code: string; message: string };
    throw new PageRefusal(answer.status, code, message);
  }
}

export interface AnswerDetails {
  readonly id?: string;
  readonly call?: boolean | null;
  /** To 100 ms. */
  readonly milliseconds?: number;
}
