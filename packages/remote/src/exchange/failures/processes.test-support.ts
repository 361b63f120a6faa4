import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { childEntry } from '@chromaray/base';

const { file, execArgv } = childEntry(import.meta.url, './exchange-process.test-support');

export type Started = ChildProcessByStdio<Writable, Readable, null> & {
  /** The next line that it prints. */
  line(): Promise<string>;
};

/** Starts a process of `exchange-process.test-support.ts`. @param before such as `ip netns exec lab-1` */
export function start(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  before: readonly string[] = [],
): Started {
  const [command, ...rest] = [...before, process.execPath, ...execArgv, file, ...args];
  const child = spawn(command!, rest, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let open = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (open + text).split('\n');
    open = parts.pop()!;
    for (const part of parts) (waiting.shift() ?? ((line) => void lines.push(line)))(part);
  });
  child.stdin.on('error', () => {});
  return Object.assign(child, {
    line: () =>
      lines.length > 0 ? Promise.resolve(lines.shift()!) : new Promise<string>((resolve) => waiting.push(resolve)),
  });
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
