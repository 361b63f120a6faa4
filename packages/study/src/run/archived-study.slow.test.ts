import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { zipOf } from '@chromaray/testing/zip';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runStudy } from './run-study.js';

const tiny = new TinyStudy();
beforeAll(() => tiny.writeData());
afterAll(() => tiny.remove());

it('a study on a zip archive gives the numbers of one on the folder that it unpacks to', async () => {
  const data = tiny.path('data');
  const names = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => /\.jpe?g$|\.png$/.test(name));
  const parts = names.map((name) => ({
    name: `chest_xray/${name.split(path.sep).join('/')}`,
    content: readFileSync(path.join(data, name)),
  }));
  writeFileSync(tiny.path('data.zip'), zipOf(parts));
  const predictions = async (from: string): Promise<string> => {
    const study = tiny.studyFile({ data: from, seeds: '[1]', epochs: 1 });
    const { folder } = await runStudy(study, { studies: tiny.path(`studies of ${from}`), runner: inProcessRunner });
    return readFileSync(folder.predictions, 'utf8');
  };
  const [packed, unpacked] = [await predictions('data.zip'), await predictions('data')];
  expect(packed).toBe(unpacked);
  expect(packed.split('\n').length).toBeGreaterThan(20);
}, 60_000);
