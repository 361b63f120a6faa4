import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageFile } from '@chromaray/base';
import { expect, it } from 'vitest';

/** Bytes of gzip for all scripts together, without the program that runs networks, which one page loads when it is opened. */
const budget = 350_000;
const assets = path.join(packageFile(import.meta.url, 'workbench-page'), 'assets');

it.skipIf(!existsSync(assets))(
  `all scripts of the page together stay within their budget${existsSync(assets) ? '' : ' (skipped: the page is not built)'}`,
  () => {
    const scripts = readdirSync(assets).filter((file) => /\.m?js$/.test(file) && !/^ort[-.]/.test(file));
    const weight = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(assets, file))).length, 0);
    expect(scripts.length).toBeGreaterThan(1);
    expect(weight).toBeLessThan(budget);
  },
);
