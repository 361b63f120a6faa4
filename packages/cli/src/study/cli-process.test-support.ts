import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../main.ts', import.meta.url));
const built = fileURLToPath(new URL('../../bin/chromaray.js', import.meta.url));
/** What runs the command line: arguments of Node.js before its own. */
export const commandLine =
  process.env.CHROMARAY_CHILDREN === 'built' ? [built] : ['--conditions=chromaray-source', '--import', 'tsx', sources];

/** How a run of the command line ended. */
export interface CliEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** The command line in a process, and a process group, of its own. */
export class Cli {
  private readonly child: ChildProcess;
  private out = '';
  private err = '';
  readonly ended: Promise<CliEnd>;

  /** @param wrapper a command that runs the rest of its arguments, for example one that sets a limit first */
  constructor(args: readonly string[], wrapper: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) {
    const [command, ...rest] = [...wrapper, process.execPath, ...commandLine, ...args];
    const env = { ...process.env, NODE_OPTIONS: '', ...environment };
    this.child = spawn(command!, rest, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.err += text));
    this.ended = once(this.child, 'close').then(([code, signal]) => ({ code, signal, out: this.out, err: this.err }));
  }

  get pid(): number {
    return this.child.pid!;
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Signals the process and its children, as Ctrl-C in a terminal and a closing session do. */
  killGroup(signal: NodeJS.Signals): void {
    process.kill(-this.pid, signal);
  }

  /** Process ids of the trials that it runs just now. Linux only. */
  children(): readonly number[] {
    return readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8')
      .trim()
      .split(/\s+/)
      .filter(Boolean)
      .map(Number);
  }
}

/** Waits until `condition` holds; fails after a minute. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const begun = Date.now();
  while (!condition()) {
    if (Date.now() - begun > 60_000) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** True once a trial has finished an epoch and is in the middle of a later one. */
export function hasCheckpoint(directory: string): boolean {
  return (
    existsSync(directory) &&
    readdirSync(directory, { recursive: true }).some((name) => String(name).endsWith('last.checkpoint'))
  );
}

/** True while a process of this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
