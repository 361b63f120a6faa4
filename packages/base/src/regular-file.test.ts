import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openRegularFile, openRegularFileSync, readRegularFile, readRegularFileSync } from './regular-file.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-regular-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => path.join(folder, name);

describe('files that a user names', () => {
  writeFileSync(at('a.txt'), 'hello');
  symlinkSync(at('a.txt'), at('link'));

  it('regular ones are read, behind a link too', async () => {
    for (const name of ['a.txt', 'link']) {
      expect(Buffer.from(await readRegularFile(at(name))).toString()).toBe('hello');
      expect(readRegularFileSync(at(name)).toString()).toBe('hello');
    }
  });

  it('no more than the bytes permitted is read', async () => {
    await expect(readRegularFile(at('a.txt'), 4)).rejects.toMatchObject({ code: 'EFBIG' });
    expect(() => readRegularFileSync(at('a.txt'), 4)).toThrow(expect.objectContaining({ code: 'EFBIG' }));
  });

  it('a folder and a missing file are errors of the system', async () => {
    await expect(readRegularFile(folder)).rejects.toMatchObject({ code: 'EISDIR' });
    expect(() => readRegularFileSync(at('none'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  it.skipIf(process.platform === 'win32')('a pipe, a device and links to them are refused at once', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    symlinkSync(at('pipe'), at('to-pipe'));
    symlinkSync('/dev/zero', at('to-zero'));
    for (const file of [at('pipe'), at('to-pipe'), at('to-zero'), '/dev/zero']) {
      await expect(openRegularFile(file), file).rejects.toMatchObject({ code: 'ENOTREGULAR' });
      expect(() => openRegularFileSync(file), file).toThrow(expect.objectContaining({ code: 'ENOTREGULAR' }));
    }
  });
});
