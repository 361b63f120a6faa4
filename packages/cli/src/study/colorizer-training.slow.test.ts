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

const sizes = ['--sizes', '32,48', '--epochs', '3,1'];
/** Two photographs' batches an epoch, and a critic of eight channels. */
const noGan = [
  ...['--sizes', '64', '--epochs', '1', '--until', 'nogan', '--critic-factor', '0.03', '--critic-epochs', '2,1'],
  ...['--nogan-steps', '12', '--nogan-rate', '0.0005'],
];

function train(name: string, stages = sizes): Cli {
  const output = path.join(folder.path, name);
  const options = [...stages, '--threads', '1', '--output', output];
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
      await killedAt(sheet, 'killed', sizes);
    }
    expect(await train('killed').ended).toMatchObject({ code: 0 });
    expect(hashOf('killed')).toBe(hashOf('whole'));
  });

  it.skipIf(process.platform !== 'linux')(
    'killed with its critic alone or in NoGAN, ends with the same file (Linux)',
    async () => {
      expect(await train('whole-critic', noGan).ended).toMatchObject({ code: 0 });
      for (const sheet of ['stage-2-critic-64px-step-000002.png', 'stage-3-nogan-64px-step-000006.png']) {
        await killedAt(sheet, 'killed-critic', noGan);
      }
      expect(await train('killed-critic', noGan).ended).toMatchObject({ code: 0 });
      expect(hashOf('killed-critic')).toBe(hashOf('whole-critic'));
      const sheets = ['whole-critic', 'killed-critic'].map((name) =>
        readFileSync(path.join(folder.path, name, 'sheets', 'stage-3-nogan-64px-step-000012.png')),
      );
      expect(Buffer.compare(sheets[0]!, sheets[1]!)).toBe(0);
    },
  );
});

/** Runs a training until there is a sheet, and kills it as `kill -9` does. */
async function killedAt(sheet: string, name: string, stages: readonly string[]): Promise<void> {
  const cli = train(name, [...stages]);
  await until(() => existsSync(path.join(folder.path, name, 'sheets', sheet)), `there is ${sheet}`);
  cli.killGroup('SIGKILL');
  await cli.ended;
}
