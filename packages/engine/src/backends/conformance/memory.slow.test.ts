import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { subjects, title } from './subjects.test-support.js';

const loader = import.meta.resolve('tsx');
const program = join(import.meta.dirname, 'memory-process.test-support.ts');
const mebibyte = 2 ** 20;

/** Resident memory of a process after so many trainings, every so many. */
function residentMemory(backend: string, options: object, cycles: number, every: number): readonly number[] {
  const how = ['--expose-gc', '--conditions=chromaray-source', `--import=${loader}`];
  const what = [program, backend, JSON.stringify(options), String(cycles), String(every)];
  const output = execFileSync(process.execPath, [...how, ...what], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return output
    .trim()
    .split('\n')
    .map((line) => Number(line) / mebibyte);
}

describe('conformance: memory', () => {
  for (const subject of subjects) {
    const { backend, options, missing, slow } = subject;
    // A software GPU compiles shaders anew in every cycle, for seconds.
    const skipped = missing !== undefined || slow === true;
    it.skipIf(skipped)(
      `${title(subject)}: 200 trainings created, run and released leave nothing behind`,
      { timeout: 180_000 },
      () => {
        const after = residentMemory(backend.name, options, 240, 20);
        // The first 40 fill the pools of the allocators.
        const [, warm, ...later] = after;
        // One training of the network takes more than a mebibyte: 200 of them kept would be seen.
        expect(
          Math.min(...later.slice(-3)) - warm!,
          `MiB after every 20: ${after.map((size) => size.toFixed(0))}`,
        ).toBeLessThan(24);
      },
    );
  }
});
