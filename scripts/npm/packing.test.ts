import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from './bundle.js';
import { copyDeclarations } from './declarations.js';
import { faultsOf } from './faults.js';
import { publishedManifest } from './manifest.js';
import { bundledInto, type Manifest, publishedOf, readWorkspaces, type Workspace } from './workspaces.js';

let root = '';
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'chromaray-packing-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function workspace(manifest: Partial<Manifest> & { name: string }, files: Record<string, string> = {}): Workspace {
  const folder = path.join(root, path.basename(manifest.name));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return { name: manifest.name, folder, manifest: { version: '1.0.0', ...manifest } };
}

const entry = { 'chromaray-source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' };

describe('what is bundled', () => {
  const below = workspace({ name: '@x/below', private: true, dependencies: { zod: '^4.0.0' } });
  const between = workspace({ name: '@x/between', private: true, dependencies: { '@x/below': '1.0.0' } });
  const beside = workspace({ name: '@x/beside', dependencies: { '@x/below': '1.0.0' } });
  const top = workspace({
    name: 'top',
    exports: { '.': entry },
    files: ['dist', 'data.json'],
    dependencies: { '@x/between': '1.0.0', '@x/beside': '1.0.0', commander: '^14.0.0' },
  });
  const all = new Map([top, beside, between, below].map((one) => [one.name, one]));

  it('is a published package with the private ones below it, at any depth, and no published one', () => {
    expect(bundledInto(top, all).map(({ name }) => name)).toEqual(['top', '@x/between', '@x/below']);
    expect(publishedOf(all).map(({ name }) => name)).toEqual(['top', '@x/beside']);
  });

  it('passes on the dependencies of what it holds, and no private package', () => {
    const manifest = publishedManifest(bundledInto(top, all), new Map([['.', 'top/index.d.ts']]), ['zod']);
    expect(manifest.dependencies).toEqual({ '@x/beside': '1.0.0', commander: '^14.0.0', zod: '^4.0.0' });
    expect(manifest.exports).toEqual({
      '.': { types: './dist/types/top/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    });
    expect(manifest.files).toEqual(['dist', 'data.json']);
  });

  it('must declare what it imports', () => {
    expect(() => publishedManifest(bundledInto(top, all), new Map(), ['yaml'])).toThrow('top imports yaml');
  });
});

describe('a bundle', () => {
  it('holds an entry for each child process and thread beside the chunks, and imports packages from the registry', async () => {
    const low = workspace(
      { name: '@y/low', private: true, exports: { '.': entry } },
      {
        'src/index.ts':
          "import yaml from 'yaml'; export const run = () => [childEntry(import.meta.url, './deep/work'), yaml];",
        'src/deep/work.ts': "process.send?.('worked'); threadEntry(import.meta.url, './thread');",
        'src/deep/thread.ts': "parentPort.postMessage('threaded');",
      },
    );
    const high = workspace(
      { name: 'high', exports: { '.': entry } },
      { 'src/index.ts': "import { run } from '../../low/src/index.js'; console.log(run());" },
    );
    const out = path.join(root, 'out');
    expect(await bundle([high, low], out)).toEqual(['yaml']);
    expect(readFileSync(path.join(out, 'work.js'), 'utf8')).toContain('worked');
    expect(readFileSync(path.join(out, 'thread.js'), 'utf8')).toContain('threaded');
    expect(readFileSync(path.join(out, 'index.js'), 'utf8')).toContain('childEntry');
  });
});

describe('declarations', () => {
  it('of private packages are copied as far as they are reached, and imported by relative paths', () => {
    const low = workspace(
      { name: '@z/low', private: true, exports: { '.': entry, './names': { ...entry, types: './dist/names.d.ts' } } },
      {
        'dist/index.d.ts': "export type { A } from './deep/a.js';\n//# sourceMappingURL=index.d.ts.map",
        'dist/deep/a.d.ts': "export interface A { b: import('zod').ZodType }",
        'dist/names.d.ts': 'export declare const names: string[];',
        'dist/unused.d.ts': 'export {};',
      },
    );
    const high = workspace(
      { name: '@z/high', exports: { '.': entry } },
      { 'dist/index.d.ts': "import { A } from '@z/low';\nexport * from '@z/low/names';\nexport { A };" },
    );
    const out = path.join(root, 'types');
    expect([...copyDeclarations([high, low], out)]).toEqual([['.', 'high/index.d.ts']]);
    const text = (name: string) => readFileSync(path.join(out, name), 'utf8');
    expect(text('high/index.d.ts')).toBe(
      "import { A } from '../low/index.js';\nexport * from '../low/names.js';\nexport { A };",
    );
    expect(text('low/index.d.ts')).toBe("export type { A } from './deep/a.js';\n");
    expect(text('low/deep/a.d.ts')).toContain("import('zod')");
    expect(() => text('low/unused.d.ts')).toThrow('ENOENT');
  });
});

describe('faults of a package', () => {
  it('are leftovers of the build, private imports, and what publint finds', async () => {
    const { folder } = workspace(
      { name: 'faulty' },
      {
        'package.json': JSON.stringify({ name: 'faulty', version: '1.0.0', type: 'module', exports: './dist/none.js' }),
        'dist/index.js': "import '@x/below';\n//# sourceMappingURL=index.js.map",
        'dist/.tsbuildinfo': '{}',
      },
    );
    const faults = await faultsOf(folder, ['@x/below']);
    expect(faults).toEqual(
      expect.arrayContaining([
        'no LICENSE',
        'package.json has no repository',
        'dist/.tsbuildinfo is not to be published',
        'dist/index.js imports @x/below, which is not published',
        'dist/index.js names a source map',
        expect.stringContaining('dist/none.js'),
      ]),
    );
  });
});

describe('the workspaces of this repository', () => {
  it('publish four packages of one version', () => {
    const published = publishedOf(readWorkspaces());
    expect(published.map(({ name }) => name).sort()).toEqual([
      '@chromaray/engine',
      '@chromaray/evidence',
      '@chromaray/imaging',
      'chromaray',
    ]);
    expect(new Set([...readWorkspaces().values()].map(({ manifest }) => manifest.version)).size).toBe(1);
  });
});
