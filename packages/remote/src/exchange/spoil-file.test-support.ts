import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Turns a bit in the middle of an object's file. */
export function spoilFile(root: string, key: string): void {
  const plain = path.join(root, key);
  const file = statSync(plain).isDirectory() ? path.join(plain, 'content') : plain;
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 4;
  writeFileSync(file, bytes);
}
