import { spawn } from 'node:child_process';
import { ChromarayError } from '@chromaray/base';
import type { Measurement, Run, Task, Variant } from './measurement.js';

/** Somebody who can train the networks: chromaray on one of its backends, or a peer. */
export interface Contender {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly variant: Variant;
}

/** The line a contender prints after its first step. */
const firstStepMark = 'first step done';

/**
 * Runs one contender once, in a process of its own, so that nothing it allocates or warms up helps or harms
 * the next.
 *
 * @param limitSeconds after which it is ended
 * @throws ChromarayError `CHROMARAY_BENCH_CONTENDER` with the reason it gave
 */
export async function runContender(contender: Contender, task: Task, limitSeconds: number): Promise<Run> {
  const started = performance.now();
  const own = JSON.stringify({ ...task, ...contender.variant });
  const child = spawn(contender.command, [...contender.arguments, own], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, OMP_NUM_THREADS: String(task.threads), TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  let output = '';
  let errors = '';
  let firstStep: number | undefined;
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, limitSeconds * 1000);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (firstStep === undefined && output.includes(firstStepMark)) firstStep = performance.now();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearTimeout(limit);
  if (late) {
    const reached = firstStep === undefined ? 'did not finish a step' : 'did not finish';
    throw failed(contender, `${reached} in ${limitSeconds} s`);
  }
  const last = output.trim().split('\n').at(-1) ?? '';
  if (code !== 0 || firstStep === undefined) {
    const said = (errors || output).trim().split('\n').at(-1) ?? '';
    throw failed(contender, `ended with code ${code}: ${said.slice(0, 300)}`);
  }
  return { ...(JSON.parse(last) as Measurement), secondsToFirstStep: (firstStep - started) / 1000 };
}

function failed({ name }: Contender, reason: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_BENCH_CONTENDER',
    message: reason,
    remedy: 'Leave this contender out, or repair it; a peer is set up afresh when bench/.peers is deleted.',
    details: { contender: name },
  });
}
