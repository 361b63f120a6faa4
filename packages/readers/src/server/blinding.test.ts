import { randomUUID } from 'node:crypto';
import { Random } from '@chromaray/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageClient } from '../demo/page-client.js';
import { readAll } from '../demo/simulated-reader.js';
import { caseWord, SmallStudy, sickClass, studyWord, wellClass } from '../reading-study.test-support.js';

/** Everything that went over the wire: addresses, headers and bodies, both ways. */
interface Exchange {
  readonly path: string;
  readonly text: string;
  readonly bytes: number;
  readonly isPicture: boolean;
}

let study: SmallStudy;
const wire: Exchange[] = [];
const realFetch = globalThis.fetch;

beforeAll(async () => {
  study = await SmallStudy.create();
  await study.register();
  globalThis.fetch = async (input, init) => {
    const answer = await realFetch(input, init);
    const body = Buffer.from(await answer.clone().arrayBuffer());
    const { pathname, search } = new URL(String(input));
    const headers = JSON.stringify([...answer.headers]);
    wire.push({
      path: pathname + search,
      text: [String(input), JSON.stringify(init), headers, body.toString('latin1')].join('\n'),
      bytes: body.length,
      isPicture: pathname.startsWith('/api/pictures/'),
    });
    return answer;
  };
  let time = Date.parse('2026-01-05T08:00:00Z');
  const now = () => time;
  const server = await study.serve(study.file(), { now });
  const reader = { random: new Random(1), look: () => 0.3 };
  for (const link of server.links.values()) {
    const client = await PageClient.open(link);
    await readAll(client, reader, {
      look: (milliseconds) => {
        time += milliseconds;
      },
      until: (opens) => {
        time = opens;
      },
    });
    await client.picture(randomUUID()).catch(() => {});
    await client.leave();
  }
  await fetch(`${server.origin}/`);
  await server.stop();
});

afterAll(() => {
  globalThis.fetch = realFetch;
  study.remove();
});

describe('all that a reader’s machine gets in whole sessions', () => {
  it('was read to the end by both readers', () => {
    expect(wire.filter(({ path }) => path === '/api/answer')).toHaveLength(2 * (2 + 2 * 8));
  });

  it.each([
    caseWord,
    sickClass,
    wellClass,
    'Graustufenarm',
    'Turboarm',
    'turbo',
    studyWord,
    'patient',
    '.png',
    'sha256',
    'truth',
  ])('does not hold "%s"', (word) => {
    const found = wire.filter(({ text }) => text.toLowerCase().includes(word.toLowerCase()));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('tells of no case whether the finding is there, but of those for practice', () => {
    const told = wire.filter(({ path, text }) => path === '/api/answer' && /"present":(true|false)/.test(text));
    expect(told).toHaveLength(2 * 2);
  });

  it('has pictures of one length, with the same headers, under names that differ between readers', () => {
    const pictures = wire.filter(({ isPicture, text }) => isPicture && text.includes('octet-stream'));
    expect(new Set(pictures.map(({ bytes }) => bytes)).size).toBe(1);
    const names = new Set(pictures.map(({ path }) => path.split('?')[0]));
    expect(names.size).toBe(2 * (2 + 2 * 8));
    for (const { text } of pictures) expect(text.toLowerCase()).not.toMatch(/"etag"|last-modified|content-disposition/);
  });

  it('shows no other reader’s name', () => {
    for (const name of ['R1', 'R2']) expect(wire.filter(({ text }) => text.includes(`"${name}"`))).toEqual([]);
  });
});
