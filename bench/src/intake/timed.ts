import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Timed {
  readonly seconds: number;
  /** Of all cores together: what counts on a machine that has other work. */
  readonly processorSeconds: number;
  /** Of the largest process. */
  readonly peakMebibytes: number;
}

/** A command's wall time and largest resident set, by GNU time. */
export function timed(args: readonly string[], env: NodeJS.ProcessEnv): Timed {
  const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-time-'));
  const log = path.join(folder, 'time.txt');
  // 3: the audit found what was planted.
  try {
    execFileSync('/usr/bin/time', ['-f', '%e %U %S %M', '-o', log, process.execPath, ...args], {
      env,
      stdio: 'ignore',
    });
  } catch (error) {
    if ((error as { status?: number }).status !== 3) throw error;
  }
  const line = readFileSync(log, 'utf8').trim().split('\n').at(-1)!;
  rmSync(folder, { recursive: true, force: true });
  const [seconds, user, system, kibibytes] = line.split(' ').map(Number) as [number, number, number, number];
  return { seconds, processorSeconds: user + system, peakMebibytes: Math.round(kibibytes / 1024) };
}
