import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '@chromaray/base';
import { encodePng } from '@chromaray/imaging';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import { Cli, until } from './cli-process.test-support.js';

/** Milliseconds; four processes train, which takes long on a busy machine. */
const patience = 240_000;
const folder = temporaryFolder();
let photographs = '';

/** Photographs of two halves in colours of their own, so that none is of one tone. */
beforeAll(async () => {
  photographs = path.join(folder.path, 'photographs');
  mkdirSync(photographs);
  for (let seed = 0; seed < 60; seed++) {
    const random = new Random('killed').fork(seed);
    const colours = Array.from({ length: 2 }, () => [random.int(256), random.int(256), random.int(256)]);
    const data = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
      const half = colours[Math.floor(i / 3) % 64 < 20 + (seed % 20) ? 0 : 1]!;
      return Math.min(255, half[i % 3]! * 0.9 + random.int(20));
    });
    const file = path.join(photographs, `${seed}.png`);
    writeFileSync(file, await encodePng({ width: 64, height: 64, channels: 3, data }));
  }
}, patience);

function train(name: string): Cli {
  const output = path.join(folder.path, name);
  const options = ['--sizes', '32,48', '--epochs', '3,1', '--threads', '1', '--output', output];
  return new Cli([
    'colorizer',
    'train',
    photographs,
    '--name',
    'mine',
    ...options,
    '--colorizers',
    `${output}-installed`,
  ]);
}

function hashOf(name: string): string {
  return JSON.parse(readFileSync(path.join(folder.path, name, 'record.json'), 'utf8')).sha256;
}

describe('a training of a colorizer', { timeout: patience }, () => {
  it.skipIf(process.platform !== 'linux')('killed in either stage, ends with the same file (Linux)', async () => {
    expect(await train('whole').ended).toMatchObject({ code: 0 });
    for (const sheet of ['stage-1-32px-epoch-01.png', 'stage-2-48px-epoch-01.png']) {
      const cli = train('killed');
      await until(() => existsSync(path.join(folder.path, 'killed', 'sheets', sheet)), `there is ${sheet}`);
      cli.killGroup('SIGKILL');
      await cli.ended;
    }
    expect(await train('killed').ended).toMatchObject({ code: 0 });
    expect(hashOf('killed')).toBe(hashOf('whole'));
  });
});
