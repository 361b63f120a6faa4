import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ArtefactKind } from '@chromaray/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { readArtefact, readArtefactIfAny, writeArtefact } from './artefacts.js';
import { externalEvaluations } from './external-evaluations.js';
import { openStudyStore } from './sqlite/sqlite-store.js';
import { studyFolder } from './study-folder.js';

/** What a study of phantoms left that was run by version 0.1.0, before artefacts had formats. */
const before = path.resolve(import.meta.dirname, '../test/fixtures/version-0.1');
const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-artefacts-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a study folder of version 0.1', () => {
  it.each<ArtefactKind>(['audit', 'behaviour', 'explanation', 'manifest', 'report', 'run', 'verdict'])(
    '%s is read, and written with a format',
    (kind) => {
      const value = readArtefact(kind, path.join(before, `${kind}.json`));
      const file = path.join(folder, `${kind}.json`);
      writeArtefact(kind, file, value);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ format: 1, ...value });
      expect(readArtefact(kind, file)).toEqual(value);
    },
  );

  it('its evaluations on other data sets are read', () => {
    expect(
      externalEvaluations(studyFolder(before, '.')).map(({ study, timesEvaluated }) => [study, timesEvaluated]),
    ).toEqual([['tiny', 1]]);
  });

  it('its store is brought up to date', () => {
    const file = path.join(folder, 'study.db');
    copyFileSync(path.join(before, 'study.db'), file);
    const store = openStudyStore(file);
    expect(store.trials().map(({ arm, seed, status }) => `${arm}-${seed} ${status}`)).toEqual([
      'gray-1 done',
      'turbo-1 done',
      'gray-2 done',
      'turbo-2 done',
    ]);
    expect(store.evaluations()).toHaveLength(1);
    store.close();
  });
});

describe('readArtefact', () => {
  const code = (what: string) => expect.objectContaining({ code: `CHROMARAY_STUDY_FOLDER_${what}` });

  it('names a file that is missing, damaged or newer', () => {
    const file = path.join(folder, 'verdict-of-tomorrow.json');
    expect(() => readArtefact('verdict', file)).toThrowError(code('DAMAGED'));
    expect(readArtefactIfAny('verdict', file)).toBeUndefined();
    writeFileSync(file, '{');
    expect(() => readArtefactIfAny('verdict', file)).toThrowError(code('DAMAGED'));
    writeFileSync(file, '{ "format": 2 }');
    expect(() => readArtefact('verdict', file)).toThrowError(code('NEWER'));
  });
});
