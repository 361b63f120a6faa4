import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../testing/folder.test-support.js';
import { joinArchivePath, splitArchivePath } from './archive-path.js';

describe('splitArchivePath', () => {
  it('finds the archive on the way, and passes folders that are called like one', () => {
    const folder = testFolder();
    mkdirSync(path.join(folder, 'old.zip'));
    const archive = path.join(folder, 'old.zip', 'set.ZIP');
    writeFileSync(archive, 'x');
    const inside = path.join(archive, 'train', 'a.jpeg');
    expect(splitArchivePath(inside)).toEqual({ archive, inside: 'train/a.jpeg' });
    expect(splitArchivePath(archive)).toEqual({ archive, inside: '' });
    expect(joinArchivePath(archive, 'train/a.jpeg')).toBe(inside);
    expect(joinArchivePath(archive, '')).toBe(archive);
    expect(splitArchivePath(path.join(folder, 'old.zip', 'a.jpeg'))).toBeUndefined();
    expect(splitArchivePath(path.join(folder, 'absent.zip', 'a.jpeg'))).toBeUndefined();
    expect(splitArchivePath(path.join(folder, 'a.jpeg'))).toBeUndefined();
  });
});
