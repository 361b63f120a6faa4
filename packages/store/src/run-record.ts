import { existsSync } from 'node:fs';
import { writeFileAtomic } from '@chromaray/base';
import type { RunRecord } from '@chromaray/contracts';
import { readJson } from './read-json.js';

export function writeRunRecord(file: string, record: RunRecord): void {
  writeFileAtomic(file, `${JSON.stringify(record, null, 2)}\n`);
}

/** The record of earlier runs, or undefined when there was none. @throws as `readJson` does */
export function readRunRecord(file: string): RunRecord | undefined {
  return existsSync(file) ? readJson<RunRecord>(file) : undefined;
}
