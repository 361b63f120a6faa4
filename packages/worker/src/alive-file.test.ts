import { existsSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { AliveFile } from './alive-file.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-alive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the file of a worker that answers is never old, and goes with it', async () => {
  const file = path.join(folder, 'alive', 'lab-2');
  const alive = new AliveFile(folder, 'lab-2');
  alive.begin(5);
  utimesSync(file, 0, 0);
  await expect.poll(() => Date.now() - statSync(file).mtimeMs).toBeLessThan(60_000);
  alive.end();
  expect(existsSync(file)).toBe(false);
});
