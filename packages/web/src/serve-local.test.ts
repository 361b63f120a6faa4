import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, askRaw, page, TestServer } from './serve-local.test-support.js';

let test: TestServer;
beforeAll(async () => {
  test = await TestServer.start();
});
afterAll(() => test.stop());

function refusal({ status, text }: Answer): readonly [number, string] {
  const { code, message, remedy } = JSON.parse(text) as { code: string; message: string; remedy: string };
  expect(message).toMatch(/\w.*\.$/s);
  expect(remedy).toMatch(/\w.*\.$/s);
  return [status, code];
}

const json = { 'Content-Type': 'application/json' };
const command = { method: 'POST', headers: json, body: '{"seeds":3}' };

describe('who may ask', () => {
  it('listens on the loopback interface, under an address that holds a token of 256 bits', () => {
    expect(test.server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  });

  it.each(['/', '/assets/main-0a1b2c3d.js', '/api/file?name=open.txt', '/nowhere'])(
    '%s: nobody without token',
    async (path) => {
      expect(refusal(await askRaw(test.server.origin, path))).toEqual([401, 'CHROMARAY_WEB_TOKEN']);
    },
  );

  it('nobody with a wrong token, in any place', async () => {
    const wrong = `${test.server.token.slice(0, -1)}${test.server.token.endsWith('A') ? 'B' : 'A'}`;
    const { port } = new URL(test.server.origin);
    for (const [path, headers] of [
      [`/?token=${wrong}`, {}],
      ['/?token=', {}],
      ['/', { Authorization: `Bearer ${wrong}` }],
      ['/', { Authorization: 'Bearer ' }],
      ['/', { Cookie: `chromaray-${port}=${wrong}` }],
      ['/', { Cookie: `chromaray-1=${test.server.token}` }],
    ] as const)
      expect(refusal(await askRaw(test.server.origin, path, { headers }))).toEqual([401, 'CHROMARAY_WEB_TOKEN']);
  });

  it('moves the token to a cookie that scripts and other sites do not get, and leads to the clean address', async () => {
    const answer = await askRaw(test.server.origin, `/studies/a?arm=jet&token=${test.server.token}`);
    expect([answer.status, answer.headers.location]).toEqual([303, '/studies/a?arm=jet']);
    expect(answer.headers['set-cookie']![0]).toMatch(/^chromaray-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await test.askAsPage('/studies/a?arm=jet')).text).toBe(page);
  });

  it('leads to no other site', async () => {
    const answer = await askRaw(test.server.origin, `//evil.example/x?token=${test.server.token}`);
    expect(answer.headers.location).toBe('/evil.example/x');
  });

  it('answers a person who typed the address with a page that says what to do', async () => {
    const answer = await askRaw(test.server.origin, '/', { headers: { Accept: 'text/html,*/*' } });
    expect(answer.headers['content-type']).toMatch('text/html');
    expect(answer.text).toContain('Open the address that the program printed');
  });
});

describe('foreign names and pages', () => {
  it.each(['evil.example', 'evil.example:PORT', '127.0.0.1:1', 'localhost', '127.0.0.1.nip.io:PORT'])(
    'host "%s" is refused, even with the token',
    async (host) => {
      const { port } = new URL(test.server.origin);
      const answer = await test.ask('/', { headers: { Host: host.replace('PORT', port) } });
      expect(refusal(answer)).toEqual([421, 'CHROMARAY_WEB_HOST']);
    },
  );

  it.each(['localhost', '[::1]', '127.0.0.1'])('host %s is its own', async (host) => {
    const { port } = new URL(test.server.origin);
    expect((await test.ask('/', { headers: { Host: `${host}:${port}` } })).status).toBe(200);
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost:1'])(
    'origin %s may neither read nor write, with cookie or header',
    async (Origin) => {
      const origin = { Origin };
      for (const answer of [
        await test.askAsPage('/api/file?name=open.txt', { headers: origin }),
        await test.askAsPage('/api/command', { ...command, headers: { ...json, ...origin } }),
        await test.ask('/api/command', { ...command, headers: { ...json, ...origin } }),
      ])
        expect(refusal(answer)).toEqual([403, 'CHROMARAY_WEB_ORIGIN']);
    },
  );

  it('a page of another port of this machine, which the cookie reaches, may not even embed', async () => {
    for (const site of ['same-site', 'cross-site']) {
      const embedded = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' };
      const answer = await test.askAsPage('/api/file?name=open.txt', { headers: embedded });
      expect(refusal(answer)).toEqual([403, 'CHROMARAY_WEB_ORIGIN']);
      const framed = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' };
      expect((await test.askAsPage('/', { headers: framed })).status).toBe(403);
      const link = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
      expect((await test.askAsPage('/', { headers: link })).status).toBe(200);
    }
  });

  it('writing needs the own origin beside the cookie, or the token in a header', async () => {
    expect(refusal(await test.askAsPage('/api/command', command))).toEqual([403, 'CHROMARAY_WEB_ORIGIN']);
    const own = { ...command, headers: { ...json, Origin: test.server.origin } };
    expect((await test.askAsPage('/api/command', own)).text).toBe('{"seeds":3}');
    expect((await test.ask('/api/command', command)).text).toBe('{"seeds":3}');
    expect((await askRaw(test.server.origin, '/api/command', own)).status).toBe(401);
    const inAddress = `/api/command?token=${test.server.token}`;
    expect((await askRaw(test.server.origin, inAddress, command)).status).toBe(403);
  });

  it('no answer allows another origin, and preflights are refused', async () => {
    const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' };
    const answer = await test.askAsPage('/api/command', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('every answer', () => {
  it.each(['/', '/assets/main-0a1b2c3d.js', '/api/file?name=open.txt', '/api/nothing', '/api/defect', '/x.js'])(
    '%s carries the protective headers',
    async (path) => {
      const { headers } = await test.ask(path);
      const policy = headers['content-security-policy'];
      expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['cache-control']).toBe(
        path.startsWith('/assets') ? 'private, max-age=31536000, immutable' : 'no-store',
      );
    },
  );

  it('shows of a defect neither stack nor message', async () => {
    const answer = await test.ask('/api/defect');
    expect(refusal(answer)).toEqual([500, 'CHROMARAY_DEFECT']);
    expect(answer.text).not.toMatch(/patient|\.ts/);
    expect(test.defects.at(-1)).toMatchObject({ message: 'a patient is named here' });
  });

  it('lets no page run WebAssembly, but a worker that can connect to nothing, where there is one', async () => {
    const other = await TestServer.start({ page: { sealedWorkers: '/assets/main-' } });
    const policyOf = async (server: TestServer, at: string) =>
      (await server.ask(at)).headers['content-security-policy'];
    expect(await policyOf(other, '/')).not.toContain('wasm');
    const worker = '/assets/main-0a1b2c3d.js';
    expect(await policyOf(other, worker)).toBe("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'");
    expect(await policyOf(other, '/favicon.svg')).not.toContain('wasm');
    expect(await policyOf(test, worker)).not.toContain('wasm');
    await other.stop();
  });
});

describe('files', () => {
  const out = [
    '../secret.txt',
    '..%2fsecret.txt',
    '%2e%2e/secret.txt',
    '....//secret.txt',
    '/etc/passwd',
    'a/../../secret.txt',
  ];

  it.each([...out, 'open.txt%00.png', '..\\secret.txt'])('%s leads nowhere: page, path and query', async (name) => {
    const file = path.join(test.folder, 'secret.txt');
    for (const given of [name, name === '/etc/passwd' ? file : name]) {
      const answers = [
        await test.ask(`/${given}`),
        await test.ask(`/assets/${given}`),
        await test.ask(`/api/file/${given}`),
        await test.ask(`/api/file?name=${given}`),
      ];
      for (const { status, text } of answers) {
        expect(text).not.toContain('root:');
        expect(text).not.toMatch(/^secret/);
        if (status === 200 && text !== page) expect(text).toMatch(/^inside (?!\.\.(\/|$))/);
      }
    }
  });

  it.each(['../secret.txt', '/etc/passwd', 'a/../../secret.txt'])('%s is refused by name', async (name) => {
    const answer = await test.ask(`/api/file?name=${encodeURIComponent(name)}`);
    expect(refusal(answer)).toEqual([403, 'CHROMARAY_WEB_PATH']);
  });

  it('a link in a root does not lead out of it, whether its target is there or not', async () => {
    symlinkSync(path.join(test.folder, 'secret.txt'), path.join(test.root, 'link'));
    symlinkSync(path.join(test.folder, 'new.txt'), path.join(test.root, 'dangling'));
    symlinkSync(path.join(test.root, 'circle'), path.join(test.root, 'circle'));
    symlinkSync(test.folder, path.join(test.root, 'up'));
    for (const name of ['link', 'dangling', 'circle', 'up', 'up/secret.txt', 'up/new/file'])
      expect(refusal(await test.ask(`/api/file?name=${name}`))).toEqual([403, 'CHROMARAY_WEB_PATH']);
  });

  const hostile = [
    '<img src=x onerror=alert(1)>',
    '\u001b[31mred',
    'a\nb',
    '"quoted"',
    '%2e%2e',
    '\u202efdp.exe',
    `${'é'.repeat(126)}.p`,
  ];

  it.each(hostile)('the name %j is a name like others', async (name) => {
    writeFileSync(path.join(test.root, name), '');
    const answer = await test.ask(`/api/file?name=${encodeURIComponent(name)}`);
    expect([answer.status, answer.text]).toEqual([200, `inside ${name}`]);
    expect(answer.headers['content-type']).toMatch('text/plain');
    const missing = await test.ask(`/api/${encodeURIComponent(name)}`, { headers: { Accept: 'text/html' } });
    expect([missing.status, missing.text.includes('<img')]).toEqual([404, false]);
  });

  it('a file of the page keeps its type; what is no file is the page, or nothing where a file is meant', async () => {
    expect((await test.ask('/assets/main-0a1b2c3d.js')).headers['content-type']).toMatch('text/javascript');
    expect((await test.ask('/favicon.svg')).headers['content-type']).toBe('image/svg+xml');
    expect((await test.ask('/studies/demo')).text).toBe(page);
    expect(refusal(await test.ask('/assets/gone.js'))).toEqual([404, 'CHROMARAY_WEB_NOT_FOUND']);
    expect(refusal(await test.ask('/studies/demo', { method: 'POST' }))).toEqual([405, 'CHROMARAY_WEB_METHOD']);
  });
});

describe('bodies', () => {
  it.each([
    ['{"seeds":0}', /seeds/],
    ['{"seeds":3,"more":1}', /more/],
    ['{', /not JSON/],
  ])('%s is refused with the field', async (body, words) => {
    const answer = await test.ask('/api/command', { ...command, body });
    expect(refusal(answer)).toEqual([400, 'CHROMARAY_WEB_REQUEST']);
    expect(JSON.parse(answer.text).message).toMatch(words);
  });

  it('a form, which any page can send, is no command', async () => {
    const answer = await test.ask('/api/command', { ...command, headers: { 'Content-Type': 'text/plain' } });
    expect(refusal(answer)).toEqual([400, 'CHROMARAY_WEB_REQUEST']);
  });

  it('a command of more than 1 MiB is refused', async () => {
    const body = JSON.stringify({ seeds: 3, padding: 'x'.repeat(2 ** 20) });
    expect(refusal(await test.ask('/api/command', { ...command, body }))).toEqual([413, 'CHROMARAY_WEB_BODY_SIZE']);
  });
});
