import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { conforms } from '../conformance.test-support.js';
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
