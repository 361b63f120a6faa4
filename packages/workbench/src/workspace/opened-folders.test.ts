import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openedFolders } from './opened-folders.js';

const root = mkdtempSync(path.join(tmpdir(), 'chromaray-opened-'));
const at = (...names: readonly string[]) => path.join(root, ...names);
beforeAll(() => {
  for (const folder of [at('project', 'studies', 'colour'), at('loose', 'size'), at('new')])
    mkdirSync(folder, { recursive: true });
  for (const store of [at('project', 'studies', 'colour', 'study.db'), at('loose', 'size', 'study.db')])
    writeFileSync(store, '');
  writeFileSync(at('project', 'study.yaml'), '');
});
afterAll(() => rmSync(root, { recursive: true }));

describe('the path that a workbench is opened with', () => {
  it.each([
    ['a project', ['project'], ['project'], ['project', 'studies']],
    ['its study file', ['project', 'study.yaml'], ['project'], ['project', 'studies']],
    ['its folder of studies', ['project', 'studies'], ['project', 'studies'], ['project', 'studies']],
    ['one study', ['project', 'studies', 'colour'], ['project', 'studies'], ['project', 'studies']],
    ['a folder with studies in it', ['loose'], ['loose'], ['loose']],
    ['an empty folder', ['new'], ['new'], ['new', 'studies']],
  ] as const)('%s', (_, opened, folder, studies) => {
    expect(openedFolders(at(...opened))).toEqual({ folder: at(...folder), studies: at(...studies) });
  });

  it('gives way to a folder of studies that is named', () => {
    expect(openedFolders(at('loose'), at('new'))).toEqual({ folder: at('loose'), studies: at('new') });
  });

  it('must be there', () => {
    expect(() => openedFolders(at('nowhere'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});
