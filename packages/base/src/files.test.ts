import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChromarayError } from './error.js';
import { sha256, sha256File, writeError, writeFileAtomic } from './files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'chromaray-base-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writeFileAtomic', () => {
  it('replaces a file and leaves nothing else behind', () => {
    const file = path.join(folder, 'deep', 'ß — α.json');
    writeFileAtomic(file, 'old');
    writeFileAtomic(file, [new Uint8Array([110, 101]), new Uint8Array([119])]);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(path.dirname(file))).toEqual(['ß — α.json']);
  });

  it('names the file and the remedy when the folder cannot be made', () => {
    writeFileAtomic(path.join(folder, 'file'), 'x');
    expect(() => writeFileAtomic(path.join(folder, 'file', 'inside'), 'y')).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_FILE_WRITE' }),
    );
    expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe('x');
  });

  it('keeps the old content when the disk fills up', () => {
    const file = path.join(folder, 'checkpoint');
    writeFileAtomic(file, 'old');
    // A limit on file size simulates a full disk: the system refuses the write half way.
    const script = `
      import { writeFileAtomic } from ${JSON.stringify(new URL('./files.ts', import.meta.url).href)};
      process.on('SIGXFSZ', () => {});
      try { writeFileAtomic(${JSON.stringify(file)}, new Uint8Array(4_000_000)); console.log('written'); }
      catch (error) { console.log(error.code); }`;
    const node = JSON.stringify(process.execPath);
    const output = execFileSync(
      'bash',
      ['-c', `ulimit -f 1024; exec ${node} --conditions=chromaray-source --import tsx --input-type=module -`],
      { input: script, encoding: 'utf8', env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
    );
    expect(output.trim()).toBe('CHROMARAY_FILE_WRITE');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['checkpoint']);
  });
});

describe('writeError', () => {
  it('distinguishes a full disk from a missing permission', () => {
    const system = (code: string): Error => Object.assign(new Error(code), { code });
    expect(writeError('a', system('ENOSPC')).message).toContain('disk is full');
    expect(writeError('a', system('EACCES')).message).toContain('no permission');
  });

  it('passes on an error that is already one for the user', () => {
    const known = new ChromarayError({ code: 'CHROMARAY_X', message: 'm', remedy: 'r' });
    expect(writeError('a', known)).toBe(known);
  });
});

describe('sha256', () => {
  it('agrees with the published value for "abc", from memory and from a file', async () => {
    // FIPS 180-2, appendix B.1.
    const published = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    const file = path.join(folder, 'abc');
    writeFileAtomic(file, 'abc');
    expect(sha256('abc')).toBe(published);
    expect(await sha256File(file)).toBe(published);
  });
});
