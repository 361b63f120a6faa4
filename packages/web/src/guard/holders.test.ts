import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalServer, serveLocal } from '../serve-local.js';
import { askRaw } from '../serve-local.test-support.js';
import { holderOf } from './holder.js';
import { newToken } from './token.js';

const [ann, ben] = [newToken(), newToken()];
let server: LocalServer;

beforeAll(async () => {
  const api = new Hono().get('/who', (context) => context.text(holderOf(context)));
  const holders = new Map([
    [ann, 'Ann'],
    [ben, 'Ben'],
  ]);
  server = await serveLocal({ api, holders, onDefect: () => {} });
});

afterAll(() => server.stop());

describe('a token for each person', () => {
  it.each([
    [ann, 'Ann'],
    [ben, 'Ben'],
  ])('tells the api whose it is, in a header and in a cookie', async (token, name) => {
    const asked = await askRaw(server.origin, '/api/who', { headers: { Authorization: `Bearer ${token}` } });
    expect([asked.status, asked.text]).toEqual([200, name]);
    const moved = await askRaw(server.origin, `/?token=${token}`);
    const Cookie = moved.headers['set-cookie']![0]!.split(';')[0]!;
    const page = await askRaw(server.origin, '/api/who', { headers: { Cookie, 'Sec-Fetch-Site': 'same-origin' } });
    expect([page.status, page.text]).toEqual([200, name]);
  });

  it('lets nobody else in, and has no token for all', async () => {
    expect((await askRaw(server.origin, `/api/who?token=${newToken()}`)).status).toBe(401);
    expect((await askRaw(server.origin, '/api/who?token=')).status).toBe(401);
    expect(server.token).toBe('');
    expect(server.url).toBe(`${server.origin}/`);
  });

  it('must be as long as one for all', async () => {
    const holders = new Map([['short', 'Ann']]);
    await expect(serveLocal({ api: new Hono(), holders, onDefect: () => {} })).rejects.toThrow(/at least 22/);
  });
});
