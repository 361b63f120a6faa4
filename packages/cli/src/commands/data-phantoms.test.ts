import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describeDataset } from '@chromaray/data';
import { afterAll, expect, it } from 'vitest';
import { run } from '../program.test-support.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-phantoms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('chromaray data phantoms draws as many synthetic X-rays as asked for, and is content with the same set', async () => {
  const set = path.join(folder, 'phantoms');
  const drawn = await run(['data', 'phantoms', set, '--patients', '20']);
  expect(drawn).toMatchObject({ exitCode: 0, out: expect.stringContaining('20 synthetic X-rays in ') });
  const again = await run(['data', 'phantoms', set, '--patients', '20', '--json']);
  expect(JSON.parse(again.out)).toMatchObject({ records: 20, settings: { seed: 'demo', size: 96 } });
  const other = await run(['data', 'phantoms', set, '--patients', '20', '--seed', 'other']);
  expect(other.exitCode).not.toBe(0);
  const { records } = await describeDataset({ path: set, layout: 'kaggle', positive: 'PNEUMONIA' });
  expect(records).toHaveLength(20);
  expect(existsSync(path.join(set, 'train', 'NORMAL'))).toBe(true);
});
