/** Runs the R of docs/from-r.md, and compares what it prints with `chromaray readers analyse`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Random } from '@chromaray/base';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../packages/cli/src/program.test-support.js';
import { blocksOf } from './pages.test-support.js';

const hasR = spawnSync('Rscript', ['--version']).status === 0;

/** Four readers, 40 cases, three arms. */
function ratings(): string {
  const random = new Random('from R');
  const shared = Array.from({ length: 40 }, () => random.normal());
  const lines = ['reader,treatment,case,truth,rating'];
  for (const arm of ['gray', 'turbo', 'viridis']) {
    for (const reader of ['anna', 'bela', 'chen', 'dora']) {
      for (let k = 0; k < 40; k++) {
        const latent = (k % 2) * (arm === 'turbo' ? 1.4 : 1) + 0.7 * shared[k]! + 0.7 * random.normal();
        lines.push(`${reader},${arm},c${k},${k % 2},${Math.round(50 + 15 * latent)}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

describe.skipIf(!hasR)(`docs/from-r.md${hasR ? '' : ' (skipped: needs Rscript)'}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-r-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives the numbers of the program', async () => {
    const file = path.join(folder, 'ratings.csv');
    writeFileSync(file, ratings());
    const blocks = blocksOf('docs/from-r.md').filter(({ language }) => language === 'r');
    expect(blocks.length).toBe(2);
    expect(blocks[0]!.text.trim().split('\n')).toHaveLength(3);
    const shown = 'cat("VALUES", format(c(values(d), result), digits = 15), "\\n")';
    writeFileSync(path.join(folder, 'check.R'), `${blocks.map(({ text }) => text).join('\n')}\n${shown}\n`);
    const { stdout, stderr, status } = spawnSync('Rscript', ['check.R'], { cwd: folder, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const numbers = /^VALUES (.*)$/m.exec(stdout)![1]!.trim().split(/\s+/).map(Number);
    const { arms, overall } = JSON.parse((await run(['readers', 'analyse', file, '--json'])).out);
    const ours: number[] = [
      ...arms.flatMap((arm: { perReader: { value: number }[] }) => arm.perReader.map(({ value }) => value)),
      ...[overall.f, overall.denominatorDegrees, overall.p],
    ];
    expect(numbers).toHaveLength(ours.length);
    for (const [i, value] of ours.entries()) expect(numbers[i]! / value).toBeCloseTo(1, 9);
  });
});
