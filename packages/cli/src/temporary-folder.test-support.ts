import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A folder for the tests of one file, in which files can be put by relative path; removed after them. */
export function temporaryFolder(): {
  readonly path: string;
  write(name: string, content: string | Uint8Array): string;
} {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'chromaray-cli-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return {
    get path() {
      return root;
    },
    write(name, content) {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
  };
}
