import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isChromarayError } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { TestServer } from '../serve-local.test-support.js';
import { namesOf } from './names.js';
import { type ListenOptions, placeToListen } from './place.js';

const token = 'a-token-of-the-users-own';

function refused(options: ListenOptions): string {
  try {
    placeToListen(options);
  } catch (error) {
    if (isChromarayError(error) && error.code === 'CHROMARAY_WEB_LISTEN') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('where a server may listen', () => {
  it.each([undefined, '127.0.0.1', '127.0.5.1', 'localhost', '::1'])('on this machine without more: %s', (host) => {
    expect(refused(host === undefined ? {} : { host })).toBe('accepted');
  });

  it.each(['0.0.0.0', '::', '192.168.1.2', 'lab', '127.evil.example', '1270.0.0.1'])(
    '%s needs token and encryption',
    (host) => {
      expect(refused({ host })).toMatch(/no token/);
      expect(refused({ host, token })).toMatch(/unencrypted/);
      expect(refused({ host, publicOrigin: 'https://lab.example.org' })).toMatch(/no token/);
      expect(refused({ host, token, publicOrigin: 'https://lab.example.org' })).toBe('accepted');
    },
  );

  it.each(['short', 'with spaces and so on, long', 'line\nbreak-and-more-letters', ''])(
    'a token "%s" is refused',
    (bad) => {
      expect(refused({ token: bad })).toMatch(/token/);
    },
  );

  it.each(['http://lab.example.org', 'https://lab.example.org/path', 'https://me:pw@lab.example.org', 'lab'])(
    '%s is no address of a proxy',
    (publicOrigin) => expect(refused({ token, publicOrigin })).toMatch(/reverse proxy/),
  );

  it.each([-1, 65536, 1.5, Number.NaN])('port %d does not exist', (port) => {
    expect(refused({ port })).toMatch(/ports are 0 to 65535/);
  });

  it('a certificate that is not there, or no file, is named', () => {
    expect(refused({ tls: { cert: '/nowhere.pem', key: '/nowhere.key' } })).toMatch(/nowhere\.pem cannot be read/);
    expect(refused({ tls: { cert: '/dev/zero', key: '/dev/zero' } })).toMatch(/not a regular file/);
  });

  it('behind a proxy answers to its name, and to its own', () => {
    const names = namesOf(placeToListen({ token, publicOrigin: 'https://lab.example.org' }), 8000);
    expect([...names.hosts].sort()).toEqual(['127.0.0.1:8000', '[::1]:8000', 'lab.example.org', 'localhost:8000']);
    expect(names.origin).toBe('https://lab.example.org');
    expect(namesOf(placeToListen({}), 80).hosts.has('localhost')).toBe(true);
  });

  it('a port that is taken is an error with a remedy', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    await expect(TestServer.start({ port })).rejects.toMatchObject({ code: 'CHROMARAY_WEB_LISTEN' });
    other.close();
  });

  it('a folder without a page is an error with a remedy', async () => {
    const empty = mkdtempSync(path.join(tmpdir(), 'chromaray-web-'));
    writeFileSync(path.join(empty, 'other.html'), '');
    await expect(TestServer.start({ assets: empty })).rejects.toMatchObject({ code: 'CHROMARAY_WEB_ASSETS' });
    rmSync(empty, { recursive: true });
  });
});
