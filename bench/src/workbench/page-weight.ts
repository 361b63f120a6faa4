import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const assets = fileURLToPath(new URL('../../../packages/workbench/workbench-page/assets', import.meta.url));

/** Kilobytes of gzip of all scripts together, without the program that runs networks, which one page loads. */
export function pageWeight(): number {
  const scripts = readdirSync(assets).filter((file) => /\.m?js$/.test(file) && !/^ort[-.]/.test(file));
  return Math.round(
    scripts.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(assets, file))).length, 0) / 1000,
  );
}
