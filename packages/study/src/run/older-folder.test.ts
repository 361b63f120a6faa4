import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { rebuildReport } from './find-study.js';

const studies = mkdtempSync(path.join(os.tmpdir(), 'chromaray-older-'));
afterAll(() => rmSync(studies, { recursive: true, force: true }));

it('reports on a study that version 0.1 ran, and leaves its artefacts with formats', async () => {
  const before = path.resolve(import.meta.dirname, '../../../store/test/fixtures/version-0.1');
  cpSync(before, path.join(studies, 'tiny'), { recursive: true });
  const then = JSON.parse(readFileSync(path.join(before, 'verdict.json'), 'utf8'));

  await rebuildReport('tiny', studies);

  const read = (name: string) => JSON.parse(readFileSync(path.join(studies, 'tiny', name), 'utf8'));
  expect(read('verdict.json')).toMatchObject({ format: 1, study: 'tiny', counts: then.counts });
  expect(read('verdict.json').arms.map(({ auroc }: { auroc: { mean: number } }) => auroc.mean)).toEqual(
    then.arms.map(({ auroc }: { auroc: { mean: number } }) => auroc.mean),
  );
  expect(read('behaviour.json').format).toBe(1);
  expect(read('report.json').format).toBe(1);
});

it('reports elsewhere without X-rays, naming only files that are there', async () => {
  const out = path.join(studies, 'to-share');
  await rebuildReport('tiny', studies, { out, pictures: false });
  const report = readFileSync(path.join(out, 'report.html'), 'utf8');
  expect(report).not.toContain('data:image');
  expect(existsSync(path.join(out, 'explanation'))).toBe(false);
  const named = [...report.matchAll(/href="\.\/([^"#]+)/g)].map(([, file]) => file!);
  expect(named).toContain('predictions.csv');
  for (const file of named) expect(existsSync(path.join(out, file)), file).toBe(true);
});
