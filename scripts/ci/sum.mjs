// Adds up what the steps of continuous integration have counted, and prints it as the last line.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/**
 * The counts of one step: those of its last closing line. A step without one counts as nothing when it ended well,
 * and as one failure when it did not.
 *
 * @param {string} log what the step printed
 * @param {number} status how it ended
 * @returns {readonly [passed: number, failed: number, skipped: number]}
 */
export function countsOf(log, status) {
  const lines = [...stripVTControlCharacters(log).matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped\s*$/gm)];
  const [passed = 0, failed = 0, skipped = 0] = lines.at(-1)?.slice(1).map(Number) ?? [];
  return [passed, status === 0 ? failed : Math.max(1, failed), skipped];
}

/** Lines kept of each failed test, and of a step that failed without naming one. */
const shownLines = 14;

/**
 * What went wrong in a step that failed: the start of every failed test's report, else the last lines of the log. It
 * is printed next to the sum, because whoever reads only the end of a long log needs the name of the test.
 *
 * @param {string} log what the step printed
 * @returns {readonly string[]}
 */
export function failuresOf(log) {
  const lines = stripVTControlCharacters(log).trimEnd().split('\n');
  const begins = lines.flatMap((line, i) => (/^\s*FAIL\s/.test(line) ? [i] : []));
  if (begins.length === 0) return lines.slice(-shownLines);
  return begins.flatMap((begin, i) => lines.slice(begin, Math.min(begin + shownLines, begins[i + 1] ?? lines.length)));
}

/**
 * Adds up all steps of a folder, each a `.log` and a `.status`.
 *
 * @param {string} folder
 * @returns {{ lines: readonly string[], failed: number }} what failed, a line for each step, then the sum
 */
export function sum(folder) {
  const total = [0, 0, 0];
  /** @type {string[]} */
  const failures = [];
  const lines = readdirSync(folder)
    .filter((name) => name.endsWith('.status'))
    .sort()
    .map((name) => {
      const step = name.replace('.status', '');
      const status = Number(readFileSync(path.join(folder, name), 'utf8'));
      const log = readFileSync(path.join(folder, `${step}.log`), 'utf8');
      const counts = countsOf(log, status);
      if (status !== 0) failures.push(`== ${step} failed:`, ...failuresOf(log), '');
      for (const [i, count] of counts.entries()) total[i] = (total[i] ?? 0) + count;
      return `${step.padEnd(16)} ${status === 0 ? 'ok' : `exit code ${status}`}${counts.some((count) => count > 0) ? `  ${written(counts)}` : ''}`;
    });
  return { lines: [...failures, ...lines, '', written(total)], failed: total[1] ?? 0 };
}

/** @param {readonly number[]} counts */
function written([passed, failed, skipped]) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { lines, failed } = sum(process.argv[2] ?? '.');
  console.log(`\n${lines.join('\n')}`);
  process.exitCode = failed > 0 ? 1 : 0;
}
