import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { sha256 } from '@chromaray/base';
import type { Page } from 'playwright-core';
import { frameHeader, frameTable } from './pictures/frame.js';
import type { Answered, PageState } from './server/messages.js';

/** The answer that a reader of these tests gives to a picture, whoever shows it. */
export function ratingOf(reader: string, gray: Uint8Array, table: Uint8Array): number {
  return Number.parseInt(sha256(`${reader} ${sha256(gray)} ${sha256(table)}`).slice(0, 8), 16) % 101;
}

/** Somebody who reads on the real page: sees what is on the screen, presses keys. */
export class BrowserReader {
  private state: PageState | undefined;
  private readonly frames = new Map<string, Uint8Array>();
  private readonly onScreen = new Set<string>();
  answers = 0;

  constructor(
    private readonly reader: string,
    readonly page: Page,
  ) {
    page.on('response', async (response) => {
      const place = new URL(response.url()).pathname;
      try {
        if (place.startsWith('/api/pictures/')) this.frames.set(path.posix.basename(place), await response.body());
        else if (/^\/api\/(seat|state|display)$/.test(place) && response.ok())
          this.state = (await response.json()) as PageState;
        else if (place === '/api/answer' && response.ok()) this.state = ((await response.json()) as Answered).state;
        else if (place === '/api/shown' && response.ok())
          this.onScreen.add((response.request().postDataJSON() as { picture: string }).picture);
      } catch {
        // The page was closed meanwhile.
      }
    });
  }

  /** Where the reader is; undefined before the first answer of the server. */
  get phase(): PageState['phase'] | undefined {
    return this.state?.phase;
  }

  get done(): number {
    return this.state?.done ?? 0;
  }

  async open(link: string): Promise<void> {
    await this.page.goto(link);
    await until(() => this.state !== undefined);
    if (this.phase === 'display') await this.checkDisplay();
  }

  /** Loads the page again, and forgets what was on the screen before. */
  async reload(): Promise<void> {
    this.state = undefined;
    this.onScreen.clear();
    await this.page.reload();
    await until(() => this.state !== undefined);
  }

  async checkDisplay(): Promise<void> {
    for (const end of ['dark', 'bright']) await this.page.locator(`.${end} .corners button:has(.patch)`).click();
    await this.page.getByRole('button', { name: 'Continue' }).click();
    await until(() => this.phase !== 'display');
  }

  /** Gives answers until so many are given, or there is nothing left to read now. */
  async read(most = Number.POSITIVE_INFINITY): Promise<void> {
    while (this.answers < most && (this.phase === 'training' || this.phase === 'reading')) {
      const isTraining = this.phase === 'training';
      await this.enter();
      const before = this.state;
      await this.page.keyboard.press('Enter');
      await until(() => this.state !== before);
      if (isTraining) await this.page.getByRole('button', { name: 'Next', exact: true }).click();
      else this.answers++;
    }
  }

  /** Enters the answer to the picture on the screen, without storing it. */
  async enter(): Promise<void> {
    const picture = this.state!.picture!;
    await until(() => this.frames.has(picture) && this.onScreen.has(picture));
    const frame = this.frames.get(picture)!;
    const view = new DataView(frame.buffer, frame.byteOffset);
    const start = frameHeader + frameTable;
    const gray = frame.subarray(start, start + view.getUint16(4, true) * view.getUint16(6, true));
    await this.page.keyboard.type(String(ratingOf(this.reader, gray, frame.subarray(frameHeader, start))));
  }
}

/** Waits for something that a test can see. */
export async function until(isSo: () => boolean, seconds = 30): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !isSo(); await setTimeout(20)) {
    if (Date.now() > end) throw new Error(`It did not come to pass: ${isSo.toString()}`);
  }
}
