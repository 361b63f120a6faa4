import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoPhantoms, writePhantomDataset } from '@chromaray/data';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStudyFile } from '../study-file/read.js';
import { runStudy } from './run-study.js';

/** Milliseconds; on two idle cores each takes less than one minute. */
const patience = 600_000;
const examples = fileURLToPath(new URL('../../../../examples/questions', import.meta.url));
const page = readFileSync(new URL('../../../../docs/questions.md', import.meta.url), 'utf8');
const files = readdirSync(examples).filter((name) => name.endsWith('.yaml'));
/** What another question needs first, and is none itself. */
const source = 'pretraining-source.yaml';
const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-questions-'));

beforeAll(async () => {
  cpSync(examples, folder, { recursive: true });
  // As `chromaray data phantoms` draws them.
  await writePhantomDataset(path.join(folder, 'phantoms'), demoPhantoms(400));
  await writePhantomDataset(path.join(folder, 'other-phantoms'), demoPhantoms(400, 'other'));
}, patience);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (file: string) =>
  runStudy(readStudyFile(path.join(folder, file)), { studies: path.join(folder, 'studies'), runner: inProcessRunner });

describe('the questions of docs/questions.md', () => {
  it('are eight, each with its file and its command', () => {
    const questions = files.filter((name) => name !== source);
    expect(questions).toHaveLength(8);
    for (const name of files) {
      expect(page).toContain(`(../examples/questions/${name})`);
      expect(page).toContain(`chromaray study run ${name}`);
    }
  });

  // The source of weights comes first.
  const inOrder = [source, ...files.filter((name) => name !== source)];
  it.each(inOrder)(
    '%s has an answer on the phantoms',
    async (file) => {
      const { verdict } = await ask(file);
      expect(verdict.unfinished).toEqual([]);
      expect(verdict.verdict).not.toBe('invalid');
      expect(verdict.comparisons.length).toBeGreaterThan(0);
      for (const { difference, interval } of verdict.comparisons) {
        expect(interval[0]).toBeLessThanOrEqual(difference);
        expect(interval[1]).toBeGreaterThanOrEqual(difference);
      }
    },
    patience,
  );
});
