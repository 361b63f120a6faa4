import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../bin', import.meta.url));

/** A copy of the program's entry, beside a main module of our own or none. */
function installation(main?: string): string {
  const root = mkdtempSync(path.join(tmpdir(), 'chromaray-bin-'));
  cpSync(bin, path.join(root, 'bin'), { recursive: true });
  writeFileSync(path.join(root, 'package.json'), '{ "type": "module" }');
  if (main !== undefined) {
    mkdirSync(path.join(root, 'dist'));
    writeFileSync(path.join(root, 'dist', 'main.js'), main);
  }
  return root;
}

const main = `import { env } from 'node:process';
console.log(JSON.stringify({ arguments: process.argv.slice(2), threads: env.UV_THREADPOOL_SIZE ?? null }));
process.exitCode = 3;`;
const preload = (cores: number) =>
  `data:text/javascript,import os from 'node:os'; import { syncBuiltinESMExports } from 'node:module';
   os.availableParallelism = () => ${cores}; syncBuiltinESMExports();`.replaceAll(/\s+/g, '%20');

describe('bin/chromaray.js', () => {
  let built = '';
  let unbuilt = '';
  beforeAll(() => {
    built = installation(main);
    unbuilt = installation();
  });
  afterAll(() => {
    for (const root of [built, unbuilt]) rmSync(root, { recursive: true, force: true });
  });

  const start = (root: string, cores: number, env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, ['--import', preload(cores), path.join(root, 'bin', 'chromaray.js'), 'a', '--b'], {
      encoding: 'utf8',
      env: { ...process.env, UV_THREADPOOL_SIZE: undefined, ...env },
    });

  it('says what to do before the program is built', () => {
    const { status, stderr } = start(unbuilt, 2);
    expect(status).toBe(1);
    expect(stderr).toBe('chromaray is not built yet. Run: npm run build\n');
  });

  it('hands arguments and exit code through', () => {
    const { status, stdout } = start(built, 2);
    expect(status).toBe(3);
    expect(JSON.parse(stdout).arguments).toEqual(['a', '--b']);
  });

  it('gives decoding a thread for every core, where there are more than Node counts on', () => {
    const threads = (...args: Parameters<typeof start>) => JSON.parse(start(...args).stdout).threads;
    expect(threads(built, 4)).toBe(null);
    expect(threads(built, 16)).toBe('16');
    expect(threads(built, 16, { UV_THREADPOOL_SIZE: '7' })).toBe('7');
  });
});

describe('the program as a process', () => {
  it('starts from its sources and is quiet on standard error', () => {
    const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const args = ['--conditions=chromaray-source', '--import', 'tsx', main, '--version'];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
