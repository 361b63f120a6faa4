import { request } from 'node:http';
import { codedError } from '@chromaray/contracts/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../serve-local.test-support.js';
import { eventStream } from './event-stream.js';
import { type Numbered, type NumberedEvents, RecentEvents } from './numbered-events.js';

interface Step extends Numbered {
  readonly text: string;
}

const step = (seq: number): Step => ({ seq, text: `step ${seq}\nof "many"` });

/** Everything of a stream until it ends or `enough` of it is there. */
async function read(answer: Response, enough: (text: string) => boolean): Promise<string> {
  const reader = answer.body!.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (!enough(text)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}

const ids = (text: string): readonly number[] => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
const asked = (headers: Record<string, string> = {}, query = '') =>
  new Request(`http://127.0.0.1/api/events${query}`, { headers });

function recent(count: number, keep = 100_000): RecentEvents<Step> {
  const events = new RecentEvents<Step>(keep);
  for (let seq = 1; seq <= count; seq++) events.add(step(seq));
  return events;
}

describe('a stream of events', () => {
  it('writes each with its number, as one line of JSON', async () => {
    const text = await read(eventStream(asked(), recent(2)), (so) => ids(so).length === 2);
    expect(text).toBe(
      `retry: 1000\n\nid: 1\ndata: {"seq":1,"text":"step 1\\nof \\"many\\""}\n\nid: 2\ndata: {"seq":2,"text":"step 2\\nof \\"many\\""}\n\n`,
    );
  });

  it('goes on after the last event that the reader has, and then follows', async () => {
    const events = recent(5);
    const text = read(eventStream(asked({ 'Last-Event-ID': '3' }), events), (so) => ids(so).length === 3);
    setTimeout(() => events.add(step(6)), 20);
    expect(ids(await text)).toEqual([4, 5, 6]);
    expect(ids(await read(eventStream(asked({}, '?since=4'), events), (so) => ids(so).length === 2))).toEqual([5, 6]);
  });

  it.each(['-1', 'x', '1e99', ''])('takes the number "%s" for none', async (id) => {
    const text = await read(eventStream(asked({ 'Last-Event-ID': id }), recent(1)), (so) => ids(so).length === 1);
    expect(ids(text)).toEqual([1]);
  });

  it('says what is no longer kept', async () => {
    const text = await read(eventStream(asked({ 'Last-Event-ID': '2' }), recent(30, 10)), (so) => ids(so).includes(30));
    expect(text).toContain('event: gap\ndata: {"after":2,"oldest":21}\n');
    expect(ids(text)).toEqual(Array.from({ length: 10 }, (_, i) => 21 + i));
  });

  it('shows signs of life while nothing happens, and lets go when the reader leaves', async () => {
    const events = recent(0);
    let listening = 0;
    const counted: NumberedEvents<Step> = {
      after: (seq, limit) => events.after(seq, limit),
      oldest: () => events.oldest(),
      onNew: (wake) => {
        listening++;
        const stop = events.onNew(wake);
        return () => {
          listening--;
          stop();
        };
      },
    };
    const text = await read(eventStream(asked(), counted, { heartbeat: 5 }), (so) => so.split(':\n\n').length > 3);
    expect(ids(text)).toEqual([]);
    expect(listening).toBe(0);
  });

  it('says why it ends when the reader can do something about it', async () => {
    const gone = codedError('CHROMARAY_WEB_NOT_FOUND', { message: 'The folder is gone.', remedy: 'Go back.' });
    const events: NumberedEvents<Step> = { after: () => Promise.reject(gone), oldest: () => 1, onNew: () => () => {} };
    const text = await read(eventStream(asked(), events), () => false);
    expect(text).toContain('event: failed\ndata: {"code":"CHROMARAY_WEB_NOT_FOUND","message":"The folder is gone."');
  });

  it('ends with an error when events cannot be read any more', async () => {
    const events: NumberedEvents<Step> = {
      after: () => Promise.reject(new Error('the folder is gone')),
      oldest: () => 1,
      onNew: () => () => {},
    };
    await expect(read(eventStream(asked(), events), () => false)).rejects.toThrow('the folder is gone');
  });
});

describe('over HTTP', () => {
  const many = 10_000;
  let reads = 0;
  const log: NumberedEvents<Step> = {
    after: (seq, limit) => {
      reads++;
      const count = Math.max(0, Math.min(limit, many - seq));
      return Array.from({ length: count }, (_, i) => ({ seq: seq + 1 + i, text: 'x'.repeat(10_000) }));
    },
    oldest: () => 1,
    onNew: () => () => {},
  };
  let test: TestServer;
  beforeAll(async () => {
    test = await TestServer.start({}, (api) => {
      api.get('/events', ({ req }) => eventStream(req.raw, log));
    });
  });
  afterAll(() => test.stop());

  const open = (onAnswer: Parameters<typeof request>[1]) => {
    const { hostname, port } = new URL(test.server.origin);
    const headers = { Authorization: `Bearer ${test.server.token}` };
    const asked = request({ hostname, port, path: '/api/events', headers }, onAnswer as never);
    asked.on('error', () => {});
    asked.end();
    return asked;
  };

  it('a reader that does not read is not read for', async () => {
    reads = 0;
    const asked = open(((answer: { pause(): void }) => answer.pause()) as never);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThan(many / 200 / 2);
    asked.destroy();
  });

  it('ten thousand events (100 MB) are replayed in order, and memory stays flat', async () => {
    const before = process.memoryUsage().rss;
    let [seen, last, rest] = [0, 0, ''];
    await new Promise<void>((resolve) => {
      const asked = open(((answer: NodeJS.ReadableStream) => {
        answer.on('data', (part: Buffer) => {
          const lines = (rest + part.toString('latin1')).split('\n');
          rest = lines.pop()!;
          for (const line of lines) {
            if (!line.startsWith('id: ')) continue;
            seen++;
            const id = Number(line.slice(4));
            if (id === last + 1) last = id;
          }
          if (last === many) {
            asked.destroy();
            resolve();
          }
        });
      }) as never);
    });
    expect([seen, last]).toEqual([many, many]);
    expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000);
  });

  it('a server that stops ends its streams at once', async () => {
    const other = await TestServer.start({}, (api) => {
      api.get('/events', ({ req }) => eventStream(req.raw, recent(0)));
    });
    const answer = await fetch(`${other.server.origin}/api/events`, {
      headers: { Authorization: `Bearer ${other.server.token}` },
    });
    const reader = answer.body!.getReader();
    await reader.read();
    const begun = performance.now();
    const ended = reader.read().then(
      ({ done }) => done,
      () => true,
    );
    await other.stop();
    expect(await ended).toBe(true);
    expect(performance.now() - begun).toBeLessThan(1500);
  });
});
