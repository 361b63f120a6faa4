import path from 'node:path';
import { phantomPatients, writePhantomDataset } from '@chromaray/data';
import { describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

const folder = temporaryFolder();

describe('replicate original', () => {
  it('asks for the data set', async () => {
    const { exitCode, err } = await run(['replicate', 'original', '--fast']);
    expect(exitCode).toBe(2);
    expect(err).toContain('--data');
  });

  it('names a folder that is missing', async () => {
    const { exitCode, err } = await run(['replicate', 'original', '--data', path.join(folder.path, 'nowhere')]);
    expect(exitCode).toBe(1);
    expect(err).toContain('(CHROMARAY_DATASET_MISSING)');
  });

  it('says how many X-rays it needs of a data set that has too few to copy, before any training', async () => {
    const data = path.join(folder.path, 'few');
    await writePhantomDataset(data, { size: 48, patients: phantomPatients(6), imagesPerPatient: [1, 1] });
    const out = path.join(folder.path, 'out');
    const { exitCode, out: json } = await run([
      'replicate',
      'original',
      '--data',
      data,
      '--fast',
      '--out',
      out,
      '--json',
    ]);
    expect(exitCode).toBe(1);
    const { error } = JSON.parse(json);
    expect(error.code).toBe('CHROMARAY_REPLICATE_TOO_FEW');
    expect(error.message).toContain('at least 8');
  });
});
