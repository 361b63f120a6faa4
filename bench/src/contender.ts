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

/** A program, whatever it is asked. */
type Program = Pick<Contender, 'name' | 'command' | 'arguments'>;

/**
 * Runs one contender once, in a process of its own, so that nothing it allocates or warms up helps or harms
 * the next.
 *
 * @param limitSeconds after which it is ended
 * @throws ChromarayError `CHROMARAY_BENCH_CONTENDER` with the reason it gave
 */
export async function runContender(contender: Contender, task: Task, limitSeconds: number): Promise<Run> {
  let firstStep: number | undefined;
  const { output, started } = await runToEnd(contender, { ...task, ...contender.variant }, limitSeconds, (text) => {
    if (firstStep === undefined && text.includes(firstStepMark)) firstStep = performance.now();
  });
  if (firstStep === undefined) throw failed(contender, 'said nothing of its first step');
  return { ...(JSON.parse(output) as Measurement), secondsToFirstStep: (firstStep - started) / 1000 };
}

/**
 * Runs a program with a task, and gives the last line it prints and how long it took. Throws as
 * {@link runContender}.
 *
 * @param follow is given all output so far, whenever there is more
 */
export async function runToEnd(
  program: Program,
  task: { readonly threads: number },
  limitSeconds: number,
  follow: (output: string) => void = () => {},
): Promise<{ readonly output: string; readonly started: number; readonly seconds: number }> {
  const started = performance.now();
  const child = spawn(program.command, [...program.arguments, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, OMP_NUM_THREADS: String(task.threads), TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  let output = '';
  let errors = '';
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, limitSeconds * 1000);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    follow(output);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearTimeout(limit);
  const seconds = (performance.now() - started) / 1000;
  if (late) {
    const reached = output.includes(firstStepMark) ? 'did not finish' : 'did not finish a step';
    throw failed(program, `${reached} in ${limitSeconds} s`);
  }
  if (code !== 0) throw failed(program, `ended with code ${code}: ${complaint(errors || output).slice(0, 300)}`);
  return { output: lastLine(output), started, seconds };
}

/** The line of an error in what a program wrote before it ended: Python's last, JavaScript's before the stack. */
function complaint(text: string): string {
  const lines = text.trim().split('\n');
  return (lines.findLast((line) => /^\w*Error: /.test(line)) ?? lines.at(-1) ?? '').trim();
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

function failed({ name }: Program, reason: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_BENCH_CONTENDER',
    message: reason,
    remedy: 'Leave this contender out, or repair it; a peer is set up afresh when bench/.peers is deleted.',
    details: { contender: name },
  });
}
