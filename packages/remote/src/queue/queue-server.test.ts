import { createServer } from 'node:net';
import { redisMissing, testRedis } from '@chromaray/testing/queue-servers';
import { describe, expect, it } from 'vitest';
import { queueError } from './queue-error.js';
import { connectQueue } from './queue-server.js';
import { queueAddress } from './queue-url.js';

describe('the address of a queue', () => {
  it.each(['', 'redis', 'http://host', 'redis://', '/tmp/x'])('"%s" is none', async (url) => {
    await expect(connectQueue(url)).rejects.toMatchObject({ code: 'CHROMARAY_QUEUE_URL' });
  });

  it('is shown without user, password and options', () => {
    const { shown, host, port, kind } = queueAddress('postgres://me:secret@db.example/chromaray?sslmode=require');
    expect({ shown, host, port, kind }).toEqual({
      ...{ shown: 'postgres://db.example/chromaray', host: 'db.example', port: 5432, kind: 'postgres' },
    });
    expect(() => queueAddress('redis//:secret@host')).toThrow(expect.not.stringContaining('secret'));
  });
});

describe('a queue that cannot be used', () => {
  it.each(['redis', 'postgres'])('of %s at a port where nothing listens is named at once', async (scheme) => {
    const port = await unusedPort();
    await expect(connectQueue(`${scheme}://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'CHROMARAY_QUEUE_UNREACHABLE',
      message: expect.stringContaining(`nothing listens at 127.0.0.1, port ${port}`),
    });
  });

  it('because it is too old says which version it has', () => {
    const error = queueError(queueAddress('redis://host'), new Error('version 5.0.7'));
    expect(error).toMatchObject({ code: 'CHROMARAY_QUEUE_VERSION', message: expect.stringContaining('Redis 5.0.7') });
  });

  it.skipIf(redisMissing)(
    `by this password says so, and does not show it${redisMissing ? ` (${redisMissing})` : ''}`,
    async () => {
      const server = await testRedis({ password: 'right' });
      try {
        await server.start();
        const none = connectQueue(server.url);
        await expect(none).rejects.toMatchObject({
          code: 'CHROMARAY_QUEUE_DENIED',
          message: expect.stringContaining('asks for a password'),
        });
        const wrong = connectQueue(server.url.replace('//', '//:wrong@'));
        await expect(wrong).rejects.toMatchObject({
          code: 'CHROMARAY_QUEUE_DENIED',
          message: expect.stringMatching(/^(?!.*wrong).*refuses this user and password/),
        });
        await (await connectQueue(server.url.replace('//', '//:right@'))).close();
      } finally {
        await server.remove();
      }
    },
  );
});

function unusedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
