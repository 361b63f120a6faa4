import { readFileSync, writeFileSync } from 'node:fs';
import { readReadings } from '@chromaray/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStudy } from '../conclude/conclude.js';
import { readersStatus } from '../conclude/status.js';
import { PageClient, type PageRefusal } from '../demo/page-client.js';
import { SmallStudy } from '../reading-study.test-support.js';
import type { PageState } from './messages.js';
import type { ReadersServer, ServeReadersOptions } from './serve-readers.js';

let study: SmallStudy;
let server: ReadersServer;
let time: number;

const choices = { training: 0, perClass: 2 };
const serve = async (options: Partial<ServeReadersOptions> = {}) => {
  server = await study.serve(study.file(choices), { now: () => time, ...options });
};
const open = async (reader = 'R1') => PageClient.open(server.links.get(reader)!);

beforeEach(async () => {
  time = Date.parse('2026-01-05T08:00:00Z');
  study = await SmallStudy.create();
  await study.register(study.file(choices));
  await serve();
});
afterEach(async () => {
  await server.stop();
  study.remove();
});

/** The code of what was refused. */
async function refused(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'not refused',
    (error: PageRefusal) => error.code,
  );
}

async function begin(client: PageClient): Promise<PageState> {
  await client.takeSeat();
  return client.checkDisplay();
}

/** Answers until the session is over. */
async function readSession(client: PageClient, state: PageState): Promise<PageState> {
  let now = state;
  while (now.phase === 'reading' && now.session === state.session) {
    time += 5000;
    now = (await client.answer(now.picture!, 40)).state;
  }
  return now;
}

const status = () => readersStatus(readStudy(study.file(choices), study.studies), time);
const kinds = () =>
  status()
    .deviations.map(({ kind }) => kind)
    .filter((kind) => kind !== 'missing');

describe('a reading page', () => {
  it('begins with a check of the display, and shows nothing before', async () => {
    const client = await open();
    const state = await client.takeSeat();
    expect([state.phase, state.picture]).toEqual(['display', null]);
    expect((await client.checkDisplay()).phase).toBe('reading');
  });

  it('stores an answer once, however often it is sent', async () => {
    const client = await open();
    const { picture } = await begin(client);
    const details = { id: 'the-same-answer' };
    const first = await client.answer(picture!, 70, details);
    const again = await client.answer(picture!, 70, details);
    expect(again.state).toEqual(first.state);
    expect(first.state.done).toBe(1);
    expect(await refused(client.answer(picture!, 71, details))).toBe('CHROMARAY_READERS_EVENT');
    expect(readStudy(study.file(choices), study.studies).ratings).toHaveLength(1);
  });

  it('takes an answer for the picture of now alone: no other, no earlier one, none outside the scale', async () => {
    const client = await open();
    const state = await begin(client);
    expect(await refused(client.answer(state.next!, 50))).toBe('CHROMARAY_READERS_TURN');
    expect(await refused(client.answer('nosuchpicture', 50))).toBe('CHROMARAY_READERS_TURN');
    for (const rating of [-1, 101, Number.NaN])
      expect(await refused(client.answer(state.picture!, rating))).toBe('CHROMARAY_WEB_REQUEST');
    await client.answer(state.picture!, 50);
    expect(await refused(client.answer(state.picture!, 60))).toBe('CHROMARAY_READERS_TURN');
  });

  it('shows pictures of now and next alone, and to their reader alone', async () => {
    const [one, two] = [await open('R1'), await open('R2')];
    const [mine, theirs] = [await begin(one), await begin(two)];
    expect((await one.picture(mine.picture!)).width).toBeGreaterThan(0);
    expect((await one.picture(mine.next!)).width).toBeGreaterThan(0);
    expect(await refused(one.picture(theirs.picture!))).toBe('CHROMARAY_READERS_TURN');
  });

  it('reads in one window at a time: the second is asked, and the first stops when it takes over', async () => {
    const [first, second] = [await open(), await open()];
    const { picture } = await begin(first);
    expect(await refused(second.takeSeat())).toBe('CHROMARAY_READERS_SEAT');
    expect((await second.takeSeat(true)).phase).toBe('display');
    expect(await refused(first.answer(picture!, 50))).toBe('CHROMARAY_READERS_SEAT');
    expect(await refused(first.picture(picture!))).toBe('CHROMARAY_READERS_SEAT');
    expect((await second.checkDisplay()).picture).toBe(picture);
    expect(kinds()).toEqual(['window']);
  });

  it('lets nobody into the next session before the washout has passed, unless the researcher says why', async () => {
    const client = await open();
    const waiting = await readSession(client, await begin(client));
    expect([waiting.phase, waiting.session, waiting.picture]).toEqual(['waiting', 2, null]);
    expect(Date.parse(waiting.opens!)).toBe(time + 28 * 86_400_000);
    time += 27.9 * 86_400_000;
    expect((await client.state()).phase).toBe('waiting');
    await server.stop();
    await serve({ overrides: [{ reader: 'R1', reason: 'leaves the hospital' }] });
    const again = await open();
    await again.takeSeat(true);
    expect((await readSession(again, await again.checkDisplay())).phase).toBe('finished');
    const { deviations } = status();
    expect(deviations.find(({ kind }) => kind === 'washout')?.what).toBe(
      'Session 2 began 27.9 days after the same cases were read; 28 were planned; reason given: leaves the hospital.',
    );
  });

  it('goes on by itself after the washout, and nothing is to be said of it', async () => {
    const client = await open();
    await readSession(client, await begin(client));
    time += 28 * 86_400_000;
    await client.state();
    const state = await client.checkDisplay();
    expect((await readSession(client, state)).phase).toBe('finished');
    expect(kinds()).toEqual([]);
  });

  it('refuses an override for a reader who does not wait, without a reason, or who is none', async () => {
    await server.stop();
    const serving = (reader: string, reason: string) => serve({ overrides: [{ reader, reason }] });
    await expect(serving('R1', 'why not')).rejects.toThrow('R1 does not wait for a session');
    await expect(serving('R1', ' ')).rejects.toThrow('gives no reason');
    await expect(serving('R9', 'why not')).rejects.toThrow('There is no reader "R9"');
    await serve();
  });

  it('keeps the order of numbers where the clock goes back, and says so', async () => {
    const client = await open();
    const state = await begin(client);
    const after = (await client.answer(state.picture!, 10)).state;
    time -= 3 * 3_600_000;
    await client.answer(after.picture!, 20);
    const events = readReadings(study.paths.readings).filter(({ kind }) => kind === 'reading');
    expect(events.map((event) => event.kind === 'reading' && event.rating)).toEqual([10, 20]);
    expect(status().deviations.find(({ kind }) => kind === 'clock')?.what).toMatch(/went back by 3.*h/);
  });

  it('passes over a picture that was changed or lost since, and writes that down', async () => {
    await server.stop();
    const list = readStudy(study.file(choices), study.studies).study.cases.cases;
    writeFileSync(list[0]!.file, 'no picture');
    await serve();
    expect(server.unreadable.map(({ case: name }) => name)).toEqual([list[0]!.name]);
    const client = await open();
    await client.takeSeat(true);
    const end = await readSession(client, await client.checkDisplay());
    expect(end.phase).toBe('waiting');
    const read = readStudy(study.file(choices), study.studies);
    expect(read.ratings).toHaveLength(3);
    expect(kinds()).toEqual(['skipped']);
    expect(status().deviations.find(({ kind }) => kind === 'skipped')?.what).toContain(
      'is not the file that was registered',
    );
  });

  it('says what it is when a page was loaded again in the middle of a picture: its time does not count', async () => {
    const client = await open();
    const { picture } = await begin(client);
    await client.shown(picture!);
    await client.shown(picture!);
    await client.answer(picture!, 50, { milliseconds: 700 });
    const [rating] = readStudy(study.file(choices), study.studies).ratings;
    expect([rating!.rating, rating!.seconds]).toEqual([50, undefined]);
    expect(kinds()).toEqual(['interrupted']);
  });

  it('writes down displays that are too small, scaled, or do not show faint steps', async () => {
    const client = await open();
    await client.takeSeat();
    await client.checkDisplay({
      screenWidth: 1366,
      screenHeight: 768,
      windowWidth: 900,
      windowHeight: 600,
      pixelRatio: 1.25,
    });
    expect(
      status()
        .deviations.filter(({ kind }) => kind === 'display')
        .map(({ what }) => what),
    ).toEqual([
      'In 1 check of the display the window had 900 x 600 pixels; 1000 x 640 are asked for.',
      'In 1 check of the display the screen was scaled by 125 %.',
    ]);
  });

  it('is served by one process at a time', async () => {
    await expect(study.serve(study.file(choices))).rejects.toThrow(/is being run by process/);
  });

  it('is served by the registered plan alone', async () => {
    await server.stop();
    await expect(study.serve(study.file({ ...choices, perClass: 3 }))).rejects.toThrow(/perClass 2, now 3/);
    const cases = JSON.parse(readFileSync(study.paths.cases, 'utf8')) as { cases: { truth: number }[] };
    cases.cases[0]!.truth = 1 - cases.cases[0]!.truth;
    writeFileSync(study.paths.cases, JSON.stringify(cases));
    await expect(study.serve(study.file(choices))).rejects.toThrow(/not the list of cases that was registered/);
  });
});
