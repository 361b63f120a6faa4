import { spawn } from 'node:child_process';
import { ChromarayError } from '@chromaray/base';
import type { Measurement, Run, Task } from './measurement.js';

/** Somebody who can train the networks: chromaray on one of its backends, or a peer. */
export interface Contender {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly backend?: string;
}

/** The line a contender prints after its first step. */
const firstStepMark = 'first step done';

/**
 * Runs one contender once, in a process of its own, so that nothing it allocates or warms up helps or harms
 * the next.
 */
export async function runContender(contender: Contender, task: Task): Promise<Run> {
  const own = contender.backend === undefined ? task : { ...task, backend: contender.backend };
  const started = performance.now();
  const child = spawn(contender.command, [...contender.arguments, JSON.stringify(own)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, OMP_NUM_THREADS: String(task.threads), TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  let output = '';
  let errors = '';
  let firstStep: number | undefined;
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
  const last = output.trim().split('\n').at(-1) ?? '';
  if (code !== 0 || firstStep === undefined) throw failed(contender, code, errors || output);
  return { ...(JSON.parse(last) as Measurement), secondsToFirstStep: (firstStep - started) / 1000 };
}

function failed({ name }: Contender, code: number | null, output: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_BENCH_CONTENDER',
    message: `${name} ended with code ${code}: ${output.trim().split('\n').slice(-5).join('\n')}`,
    remedy: 'Run it again without this contender, or repair it; a peer is set up afresh when bench/.peers is deleted.',
    details: { contender: name },
  });
}
