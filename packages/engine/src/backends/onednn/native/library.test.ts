import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onednnAvailable } from '../available.test-support.js';
import { installHelp } from './install-help.js';
import { loadLibrary } from './library.js';
import { libraryCandidates } from './locate.js';

const folder = mkdtempSync(join(tmpdir(), 'chromaray-onednn-'));
const named = (file: string) => ({ platform: process.platform, environment: { CHROMARAY_ONEDNN: file } });

function compilerIsThere(): boolean {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return process.platform === 'linux';
  } catch {
    return false;
  }
}

/** A shared library made of this C source. */
function library(name: string, source: string): string {
  const code = join(folder, `${name}.c`);
  const file = join(folder, `lib${name}.so`);
  writeFileSync(code, source);
  execFileSync('cc', ['-shared', '-fPIC', '-o', file, code]);
  return file;
}

const version = (major: number, minor: number) =>
  `static int version[] = {${major}, ${minor}, 1, 0, 0, 0}; const void *dnnl_version(void) { return version; }\n`;

describe('finding oneDNN', () => {
  it('takes the file that CHROMARAY_ONEDNN names and no other', () => {
    expect(libraryCandidates(named('/somewhere/libdnnl.so'))).toEqual(['/somewhere/libdnnl.so']);
  });

  it('looks in an active conda environment first, and for the newest interface first', () => {
    const lib = join(folder, 'conda', 'lib');
    mkdirSync(lib, { recursive: true });
    for (const name of ['libdnnl.so.2', 'libdnnl.so.3']) writeFileSync(join(lib, name), '');
    const found = libraryCandidates({ platform: 'linux', environment: { CONDA_PREFIX: join(folder, 'conda') } });
    expect(found[0]).toBe(join(lib, 'libdnnl.so.3'));
    expect(found).toContain(join(lib, 'libdnnl.so.2'));
  });

  it('takes the newest of several, wherever it lies, by what the links end at', () => {
    const home = join(folder, 'several');
    const lay = (part: string, major: number, minor: number) => {
      const lib = join(home, part);
      mkdirSync(lib, { recursive: true });
      writeFileSync(join(lib, `libdnnl.so.${major}.${minor}`), '');
      symlinkSync(`libdnnl.so.${major}.${minor}`, join(lib, `libdnnl.so.${major}`));
      symlinkSync(`libdnnl.so.${major}`, join(lib, 'libdnnl.so'));
      return join(lib, `libdnnl.so.${major}`);
    };
    const inConda = lay('conda/lib', 3, 9);
    const newest = lay('new', 3, 14);
    const old = lay('old', 2, 6);
    const environment = {
      CONDA_PREFIX: join(home, 'conda'),
      LD_LIBRARY_PATH: `${join(home, 'old')}:${join(home, 'new')}`,
    };
    const found = libraryCandidates({ platform: 'linux', environment }).filter((file) => file.startsWith(home));
    expect(found).toEqual([newest, inConda, old]);
  });

  it('tells how to install it on every platform', () => {
    expect(installHelp('linux')).toMatch(/apt-get install libdnnl.*dnf install onednn.*conda/);
    expect(installHelp('darwin')).toMatch(/brew install onednn/);
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(installHelp(platform)).toMatch(/CHROMARAY_ONEDNN/);
  });

  it('refuses a file that is no library, and one that is not there', () => {
    const text = join(folder, 'text.so');
    writeFileSync(text, 'not a library');
    for (const file of [text, join(folder, 'gone.so')]) {
      expect(() => loadLibrary(named(file))).toThrow(
        expect.objectContaining({ code: 'CHROMARAY_ONEDNN_LOAD', details: { file } }),
      );
    }
  });
});

describe.skipIf(!compilerIsThere())('loading libraries that are not the right oneDNN (needs a C compiler)', () => {
  it.each([
    [1, 8],
    [2, 5],
    [4, 0],
  ])('refuses version %i.%i', (major, minor) => {
    const file = library(`version-${major}-${minor}`, version(major, minor));
    expect(() => loadLibrary(named(file))).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_ONEDNN_VERSION',
        details: { file, version: `${major}.${minor}.1` },
      }),
    );
  });

  it('names the function that is missing', () => {
    const nothing = library('nothing', 'int unrelated(void) { return 1; }');
    expect(() => loadLibrary(named(nothing))).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_ONEDNN_SYMBOL',
        details: { file: nothing, version: '', symbol: 'dnnl_version' },
      }),
    );
    const file = library('partial', `${version(3, 5)}int dnnl_get_effective_cpu_isa(void) { return 1; }`);
    expect(() => loadLibrary(named(file))).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_ONEDNN_SYMBOL',
        details: { file, version: '3.5.1', symbol: 'dnnl_engine_create' },
      }),
    );
  });
});

describe.skipIf(!onednnAvailable || process.platform !== 'linux')('a process that used oneDNN with threads', () => {
  it('ends without a crash', () => {
    const source = join(import.meta.dirname, 'exit.test-support.ts');
    const loader = import.meta.resolve('tsx');
    const options = ['--conditions=chromaray-source', `--import=${loader}`, source];
    expect(execFileSync(process.execPath, options, { encoding: 'utf8' }).trim()).toBe('trained');
  });
});
