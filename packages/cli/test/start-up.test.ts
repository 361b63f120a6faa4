import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadedModules } from './loaded-modules.test-support.js';

const packages = fileURLToPath(new URL('../..', import.meta.url));
const program = path.join(packages, 'cli', 'bin', 'chromaray.js');
const built = existsSync(path.join(packages, 'cli', 'dist', 'main.js'));

describe.skipIf(!built)('starting up (skipped before npm run build)', () => {
  it.each([
    ['--version'],
    ['--help'],
    ['study', '--help'],
    ['study', 'run', '--help'],
    ['colorizer', 'add', '--help'],
    ['doctor', '--hlep'],
  ])('%s %s %s loads the parser of command lines and no other library', (...args) => {
    const { modules, packages: libraries } = loadedModules(program, args);
    expect(libraries).toEqual(['commander']);
    expect(modules.length).toBeLessThan(150);
  });

  it('a command loads what it needs, and the list shows it', () => {
    const { packages: libraries } = loadedModules(program, ['study', 'status', 'none']);
    expect(libraries).toContain('libsql');
    const drawing = ['@observablehq/plot', 'linkedom', 'hyparquet-writer', 'sharp', 'onnxruntime-node'];
    expect(libraries.filter((name) => drawing.includes(name))).toEqual([]);
  });
});

describe.skipIf(!built)('a workbench (skipped before npm run build)', () => {
  it('tells its address before it loads what pages ask for', () => {
    // Of a folder that is not there, so that it ends: modules are loaded by then.
    const { packages: libraries } = loadedModules(program, ['open', path.join(packages, 'none')]);
    expect(libraries).toContain('hono');
    const heavy = ['sharp', 'onnxruntime-node', 'onnxruntime-common', '@observablehq/plot', 'linkedom', 'csv-parse'];
    expect(libraries.filter((name) => heavy.includes(name))).toEqual([]);
  });
});

/** What a child process may load: files of models, what computes, and the two small ones that read archives. */
const lean = ['@bufbuild/protobuf', 'koffi', 'onnxruntime-common', 'onnxruntime-node', 'pend', 'yauzl'];

describe.skipIf(!built)('a child process (skipped before npm run build)', () => {
  it.each(childEntries())('%s loads no library for study files, pictures or pages', (entry) => {
    const { modules, packages: libraries } = loadedModules(path.join(packages, entry), []);
    expect(modules.length).toBeGreaterThan(10);
    expect(libraries.filter((name) => !lean.includes(name))).toEqual([]);
  });
});

/** The built modules that `childEntry` starts, relative to the packages. */
function childEntries(): readonly string[] {
  return readdirSync(packages, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^[^/\\]+[/\\]src[/\\].*\.ts$/.test(file) && !/\.test(-support)?\.ts$/.test(file))
    .flatMap((file) => {
      const [, name] =
        /childEntry\(import\.meta\.url, '\.\/([^']+)'\)/.exec(readFileSync(path.join(packages, file), 'utf8')) ?? [];
      // The process of a whole study is a run as the command line's is; that of a task of Slurm checks what it is given by schema.
      return name === undefined || /^(workbench|remote)\b/.test(file)
        ? []
        : [path.join(path.dirname(file), `${name}.js`).replace('src', 'dist')];
    });
}
