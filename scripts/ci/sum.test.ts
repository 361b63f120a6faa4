import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { countsOf, failuresOf, sum } from './sum.mjs';

describe('the counts of a step', () => {
  it('are those of its last closing line, in colour or not', () => {
    expect(
      countsOf('1 passed, 0 failed, 0 skipped\nmore\n\u001b[32m7 passed, 0 failed, 2 skipped\u001b[39m\n', 0),
    ).toEqual([7, 0, 2]);
  });

  it('are nothing for a step that counts nothing, and one failure when it ended badly', () => {
    expect(countsOf('Checked 5 files.', 0)).toEqual([0, 0, 0]);
    expect(countsOf('Checked 5 files.', 1)).toEqual([0, 1, 0]);
    // All tests passed, but the program crashed afterwards.
    expect(countsOf('7 passed, 0 failed, 2 skipped', 139)).toEqual([7, 1, 2]);
    expect(countsOf('7 passed, 3 failed, 2 skipped', 1)).toEqual([7, 3, 2]);
  });
});

describe('what is repeated of a failed step', () => {
  it('is the start of every failed test', () => {
    const log = ' \u001b[31mFAIL\u001b[39m  a.test.ts > adds\nAssertionError\n FAIL  b.test.ts > counts\nError: full\n';
    expect(failuresOf(`passed\n${log}`)).toEqual([
      ' FAIL  a.test.ts > adds',
      'AssertionError',
      ' FAIL  b.test.ts > counts',
      'Error: full',
    ]);
  });

  it('is the end of the log where no test is named', () => {
    const log = Array.from({ length: 50 }, (_, i) => `line ${i}`).join('\n');
    expect(failuresOf(log).at(0)).toBe('line 36');
    expect(failuresOf(log).at(-1)).toBe('line 49');
  });
});

it('the last line adds up all steps', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-sum-'));
  const step = (name: string, log: string, status: number) => {
    writeFileSync(path.join(folder, `${name}.log`), log);
    writeFileSync(path.join(folder, `${name}.status`), `${status}\n`);
  };
  step('lint', 'fine', 0);
  step('tests', '10 passed, 1 failed, 2 skipped', 1);
  step('tests-node-22', '12 passed, 0 failed, 3 skipped', 0);
  const { lines, failed } = sum(folder);
  rmSync(folder, { recursive: true });
  expect(lines.at(-1)).toBe('22 passed, 1 failed, 5 skipped');
  expect(lines.slice(0, 2)).toEqual(['== tests failed:', '10 passed, 1 failed, 2 skipped']);
  expect(lines).toContain('lint             ok');
  expect(failed).toBe(1);
});
