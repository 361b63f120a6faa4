import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TestQueueServer, testRedis } from '@chromaray/testing/queue-servers';

const program = fileURLToPath(new URL('../../../packages/cli/bin/chromaray.js', import.meta.url));
const worker = fileURLToPath(new URL('./worker-process.js', import.meta.url));

/** A Redis that keeps every change on disk, as the guide says, and two workers of one thread. */
export class Queue {
  private constructor(
    private readonly server: TestQueueServer,
    private readonly workers: readonly ChildProcess[],
  ) {}

  static async start(folder: string, mode: 'train' | 'echo'): Promise<Queue> {
    const server = await testRedis();
    await server.start();
    const workers = [1, 2].map((n) => {
      const own = path.join(folder, `worker-${n}`);
      const args = [worker, server.url, path.join(folder, 'exchange'), own, `worker-${n}`, mode];
      return spawn(process.execPath, args, { stdio: 'inherit' });
    });
    return new Queue(server, workers);
  }

  get url(): string {
    return this.server.url;
  }

  /** Processor seconds of the two workers so far, their trials not included. */
  get processorSeconds(): number {
    return this.workers.reduce((sum, { pid }) => sum + processorSeconds(pid!), 0);
  }

  async stop(): Promise<void> {
    for (const child of this.workers) child.kill('SIGKILL');
    await this.server.remove();
  }
}

export interface CommandRun {
  readonly seconds: number;
  /** Resident set of its process, in MiB, at each look. */
  readonly memory: readonly { readonly seconds: number; readonly mebibytes: number }[];
}

/** Runs the program, and looks at its memory five times a second. Linux. @throws when it fails */
export async function chromaray(
  args: readonly string[],
  onLook: (seconds: number) => void = () => {},
): Promise<CommandRun> {
  const begun = performance.now();
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const memory: { seconds: number; mebibytes: number }[] = [];
  const timer = setInterval(() => {
    const seconds = (performance.now() - begun) / 1000;
    const mebibytes = residentMebibytes(child.pid!);
    if (mebibytes !== undefined) memory.push({ seconds, mebibytes });
    onLook(seconds);
  }, 200);
  const [code] = await once(child, 'exit');
  clearInterval(timer);
  if (code !== 0) throw new Error(`chromaray ${args.join(' ')} ended with ${code}.`);
  return { seconds: (performance.now() - begun) / 1000, memory };
}

function residentMebibytes(pid: number): number | undefined {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

/** User and system time, in ticks of a hundredth of a second. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
