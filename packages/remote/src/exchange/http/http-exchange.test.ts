import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { opensslMissing, testCertificate } from '@chromaray/testing/certificates';
import { describe, expect, it } from 'vitest';
import { conforms } from '../conformance.test-support.js';
import { openExchange } from '../open-exchange.js';
import { spoilFile } from '../spoil-file.test-support.js';
import { httpExchange } from './http-exchange.js';
import { serveExchange } from './serve-exchange.js';

conforms('a served folder', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-served-'));
  const server = await serveExchange({ folder, onDefect: (error) => console.error(error) });
  return {
    exchange: httpExchange(server.address, { token: server.token, patience: 0 }),
    spoil: (key) => spoilFile(folder, key),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

describe('a server that cannot be used', () => {
  const token = 'a-token-of-this-laboratory';
  const never = new AbortController().signal;
  const check = (address: string, environment: Record<string, string>) =>
    openExchange(address, { patience: 0 }, { CHROMARAY_EXCHANGE_TOKEN: token, ...environment }).check(never);

  it.skipIf(opensslMissing)('with a certificate of its own is trusted by the file that the remedy names', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-served-'));
    const tls = testCertificate(folder, 'lab');
    const server = await serveExchange({ ...{ folder, token, tls }, onDefect: (error) => console.error(error) });
    try {
      await expect(check(server.address, {})).rejects.toMatchObject({
        message: expect.stringContaining('its certificate is not trusted here'),
        remedy: expect.stringContaining('CHROMARAY_EXCHANGE_CA'),
      });
      await check(server.address, { CHROMARAY_EXCHANGE_CA: tls.cert });
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('or whose secrets are not there is refused with the variables that help', () => {
    expect(() => openExchange('https://lab:8478', {}, {})).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('CHROMARAY_EXCHANGE_TOKEN_FILE') }),
    );
    const nowhere = { CHROMARAY_EXCHANGE_TOKEN_FILE: '/nowhere' };
    expect(() => openExchange('https://lab:8478', {}, nowhere)).toThrow(
      '/nowhere, which CHROMARAY_EXCHANGE_TOKEN_FILE names, cannot be read',
    );
  });
});
