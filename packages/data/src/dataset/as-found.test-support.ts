import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder that goes away with the test. */
export class TestFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'chromaray-as-found-'));

  constructor() {
    onTestFinished(() => rmSync(this.path, { recursive: true, force: true }));
  }

  at(name: string): string {
    return path.join(this.path, name);
  }

  write(name: string, bytes: string | Uint8Array): void {
    mkdirSync(path.dirname(this.at(name)), { recursive: true });
    writeFileSync(this.at(name), bytes);
  }
}
