import { isChromarayError } from '@chromaray/base';
import { displayCheck, givenAnswer } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { holderOf, RateLimit, readJson, readQuery } from '@chromaray/web';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ReadingRoom } from './reading-room.js';

const name = z.string().regex(/^[\w-]{8,64}$/);
const seat = z.strictObject({ seat: name });
const event = seat.extend({ id: name });
const taking = seat.extend({ former: name.nullable(), takeOver: z.boolean() });
const checking = event.extend(displayCheck.shape);
const showing = event.extend({ picture: name });
const pausing = event.extend({ picture: name.nullable(), paused: z.boolean() });
const answering = showing.extend(givenAnswer.shape);

/** Requests that a page makes at once, and each second after: many more than a person causes. */
const pace = { burst: 120, perSecond: 30 };

/**
 * What a reading page may ask. Whose list it is follows from the token alone.
 *
 * @param onTrouble is told what went wrong with the store: the page is not told where that is
 */
export function readingApi(room: ReadingRoom, onTrouble: (error: unknown) => void): Hono {
  const limits = new Map<string, RateLimit>();
  const api = new Hono();
  api.use(async (context, next) => {
    const reader = holderOf(context);
    if (!limits.has(reader)) limits.set(reader, new RateLimit(pace.burst, pace.perSecond));
    limits.get(reader)!.check('Requests of this reader');
    await next();
  });
  const post = <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    answer: (reader: string, body: z.output<Schema>) => unknown,
  ): void => {
    api.post(path, async (context: Context) => {
      const body = await readJson(context.req.raw, schema);
      return context.json(stored(() => answer(holderOf(context), body) ?? {}, onTrouble));
    });
  };
  post('/seat', taking, (reader, body) => room.takeSeat(reader, body.seat, body.former, body.takeOver));
  post('/leave', seat, (reader, body) => room.leave(reader, body.seat));
  post('/state', seat, (reader, body) => room.state(reader, body.seat));
  post('/display', checking, (reader, { id, seat: window, ...check }) => room.checkDisplay(id, reader, window, check));
  post('/shown', showing, (reader, body) => room.shown(body.id, reader, body.seat, body.picture));
  post('/pause', pausing, (reader, body) =>
    room.pause(body.id, reader, body.seat, body.paused ? 'pause' : 'resume', body.picture),
  );
  post('/answer', answering, (reader, { id, seat: window, picture, ...given }) =>
    room.answer(id, reader, window, picture, given),
  );
  api.get('/pictures/:picture', (context) => {
    const { seat: window } = readQuery(context.req.raw, seat);
    const frame = stored(() => room.picture(holderOf(context), window, context.req.param('picture')), onTrouble);
    return new Response(frame as Uint8Array<ArrayBuffer>, { headers: { 'Content-Type': 'application/octet-stream' } });
  });
  return api;
}

/** Faults that concern the page; all others are the researcher's, and may name files. */
const ofPage = /^CHROMARAY_(?:READERS_(?:SEAT|TURN|EVENT)|WEB_)/;

function stored<Answer>(action: () => Answer, onTrouble: (error: unknown) => void): Answer {
  try {
    return action();
  } catch (error) {
    if (!isChromarayError(error) || ofPage.test((error as { code: string }).code)) throw error;
    onTrouble(error);
    const isDisk = (error as { code: string }).code === 'CHROMARAY_FILE_WRITE';
    const why = isDisk ? "It could not be stored: the server's disk may be full." : 'It could not be stored.';
    throw codedError('CHROMARAY_READERS_STORE', { message: why });
  }
}
