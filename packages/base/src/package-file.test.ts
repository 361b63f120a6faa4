import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFile, programVersion } from './package-file.js';

describe('packageFile', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'chromaray-package-'));
    mkdirSync(path.join(root, 'dist', 'deep'), { recursive: true });
    writeFileSync(path.join(root, 'package.json'), '{ "name": "some-package", "version": "1.2.3" }');
    // Folders may hold a nameless description that only says which kind of modules lies in them.
    writeFileSync(path.join(root, 'dist', 'package.json'), '{ "type": "module" }');
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(['a.js', 'dist/a.js', 'dist/deep/a.js'])('finds the package of %s', (module) => {
    expect(packageFile(pathToFileURL(path.join(root, module)).href, 'data.json')).toBe(path.join(root, 'data.json'));
  });

  it('refuses a module outside any package', () => {
    expect(() => packageFile(pathToFileURL(`${path.parse(root).root}a.js`).href, 'data.json')).toThrow('no package');
  });
});

it('programVersion is a semantic version', () => {
  expect(programVersion()).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
});
