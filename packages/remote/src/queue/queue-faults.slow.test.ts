import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { opensslMissing, testCertificate } from '@chromaray/testing/certificates';
import {
  postgresMissing,
  redisMissing,
  type TestQueueServer,
  testPostgres,
  testRedis,
} from '@chromaray/testing/queue-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectQueue } from './queue-server.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-queue-faults-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const works = async (url: string, environment = {}): Promise<void> => (await connectQueue(url, environment)).close();
const unreachable = (message: string, remedy = '') => ({
  code: 'CHROMARAY_QUEUE_UNREACHABLE',
  message: expect.stringContaining(message),
  remedy: expect.stringContaining(remedy),
});

describe('the address of a queue', () => {
  it.each(['redis', 'rediss', 'postgres'])('%s:// of a host that does not exist names it', async (scheme) => {
    await expect(works(`${scheme}://queue.invalid`)).rejects.toMatchObject(unreachable('queue.invalid', 'name'));
  });

  it('of a Redis 5 says which version it has and which it needs', async () => {
    const { server, port } = await stub((asked) =>
      [...asked.matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g)]
        .map(([, command]) => redis5[command!.toLowerCase()] ?? '+OK\r\n')
        .join(''),
    );
    await expect(works(`redis://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'CHROMARAY_QUEUE_VERSION',
      message: expect.stringMatching(/is Redis 5\.0\.14; .*6\.2\.0 or newer/),
    });
    server.close();
  });

  it('of something else that listens there says so', async () => {
    const { server, port } = await stub(() => 'HTTP/1.1 400 Bad Request\r\n\r\n');
    await expect(works(`redis://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'CHROMARAY_QUEUE_UNREACHABLE',
      remedy: expect.stringContaining('whether the server there is a Redis'),
    });
    server.close();
  });

  it('whose file of certificates is not there names the file', async () => {
    const gone = path.join(root, 'gone.pem');
    await expect(works('rediss://127.0.0.1', { CHROMARAY_QUEUE_CA: gone })).rejects.toMatchObject(
      unreachable(gone, 'can read'),
    );
  });
});

const redis5: Readonly<Record<string, string>> = {
  hello: '-ERR unknown command `HELLO`, with args beginning with: `3`\r\n',
  info: bulk('# Server\r\nredis_version:5.0.14\r\n'),
};

const kinds = [
  ['Redis', redisMissing ?? opensslMissing, testRedis],
  ['PostgreSQL', postgresMissing ?? opensslMissing, testPostgres],
] as const;

describe.each(kinds)('a %s with TLS', (kind, missing, make) => {
  const skipped = missing === undefined ? '' : ` (${missing})`;
  let server: TestQueueServer;
  const own = () => path.join(root, kind, 'own.pem');
  const address = (mode: string): string => (kind === 'Redis' ? server.url : `${server.url}?sslmode=${mode}`);

  beforeAll(async () => {
    if (missing !== undefined) return;
    mkdirSync(path.join(root, kind));
    server = await make({ certificate: testCertificate(path.join(root, kind), 'own') });
    testCertificate(path.join(root, kind), 'other');
    await server.start();
  });
  afterAll(() => server?.remove());

  const modes = kind === 'Redis' ? ['by rediss://'] : ['require', 'verify-full'];
  it.skipIf(missing).each(modes)(`is used with the right certificate: %s${skipped}`, async (mode) => {
    await works(address(mode), { CHROMARAY_QUEUE_CA: own() });
  });

  it.skipIf(missing).each(modes)(`is not with another, or none: %s${skipped}`, async (mode) => {
    const remedy = 'CHROMARAY_QUEUE_CA';
    await expect(works(address(mode))).rejects.toMatchObject(unreachable('certificate is not trusted', remedy));
    const other = { CHROMARAY_QUEUE_CA: path.join(root, kind, 'other.pem') };
    await expect(works(address(mode), other)).rejects.toMatchObject(unreachable('certificate is not trusted', remedy));
  });

  it.skipIf(missing)(`is not without TLS${skipped}`, async () => {
    const plain = server.url.replace('rediss:', 'redis:');
    await expect(works(plain)).rejects.toMatchObject({ code: 'CHROMARAY_QUEUE_UNREACHABLE', remedy: tlsNamed });
  });
});
const tlsNamed = expect.stringMatching(/rediss:\/\/|sslmode=verify-full/);

describe.each(kinds)('a %s', (kind, missing, make) => {
  it.skipIf(missing)(`without TLS is told from one with${missing ? ` (${missing})` : ''}`, async () => {
    const server = await make();
    try {
      await server.start();
      const address = kind === 'Redis' ? server.url.replace('redis:', 'rediss:') : `${server.url}?sslmode=require`;
      // A Redis waits in silence for the rest of what it takes for a command.
      const words = kind === 'Redis' ? 'does not answer' : 'does not speak TLS';
      await expect(works(address)).rejects.toMatchObject(unreachable(words, 'without: redis://'));
    } finally {
      await server.remove();
    }
  });

  it.skipIf(missing)(`whose certificate is for another name says so${missing ? ` (${missing})` : ''}`, async () => {
    const certificate = testCertificate(root, `elsewhere-${kind}`, 'DNS:elsewhere.example');
    const server = await make({ certificate });
    try {
      await server.start();
      const address = kind === 'Redis' ? server.url : `${server.url}?sslmode=verify-full`;
      await expect(works(address, { CHROMARAY_QUEUE_CA: certificate.cert })).rejects.toMatchObject(
        unreachable('certificate is for another name than 127.0.0.1'),
      );
    } finally {
      await server.remove();
    }
  });
});

/** Listens, and answers what it is sent. */
function stub(answer: (asked: string) => string): Promise<{ readonly server: Server; readonly port: number }> {
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      socket.setEncoding('utf8').on('data', (asked: string) => socket.write(answer(asked)));
      socket.on('error', () => {});
    });
    server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as { port: number }).port }));
  });
}

function bulk(text: string): string {
  return `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
}
