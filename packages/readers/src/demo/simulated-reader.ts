import type { Random } from '@chromaray/base';
import type { PageClient, ShownPicture } from './page-client.js';

/** A reader who looks at pictures, is not always right, and tires. */
export interface SimulatedReader {
  /**
   * How sure the reader is that the finding is there, on the scale of a standard normal distribution.
   */
  look(picture: ShownPicture): number;
  readonly random: Random;
}

export interface ReadOptions {
  /** Lets the time of a look at a picture pass. */
  readonly look: (milliseconds: number) => void;
  /** Lets the time pass until a session opens. */
  readonly until: (time: number) => void | Promise<void>;
  /** Stops after so many answers. Default: when there is nothing left to read. */
  readonly most?: number;
}

/**
 * Reads all that a reader has to read, through the page's own interface.
 *
 * @returns the number of answers given
 */
export async function readAll(client: PageClient, reader: SimulatedReader, options: ReadOptions): Promise<number> {
  const { look, until, most = Number.POSITIVE_INFINITY } = options;
  let state = await client.takeSeat();
  let answers = 0;
  while (answers < most) {
    if (state.phase === 'finished') break;
    if (state.phase === 'waiting') {
      await until(Date.parse(state.opens!) + 1);
      state = await client.state();
      continue;
    }
    if (state.phase === 'display') {
      state = await client.checkDisplay();
      continue;
    }
    const picture = state.picture!;
    const shown = await client.picture(picture);
    await client.shown(picture);
    const seconds = 4 + 8 * reader.random.float();
    const milliseconds = 100 * Math.round(10 * seconds);
    look(milliseconds);
    const confidence = reader.look(shown);
    const rating = Math.round(100 / (1 + Math.exp(-1.7 * confidence)));
    const call = state.scale.call ? rating >= 50 : null;
    const answered = await client.answer(picture, rating, { call, milliseconds });
    state = answered.state;
    answers++;
  }
  return answers;
}
