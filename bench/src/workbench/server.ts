import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { processorMillisecondsOf } from './processor-time.js';

/** The program as it is installed. */
const program = fileURLToPath(new URL('../../../packages/cli/bin/chromaray.js', import.meta.url));

export interface Server {
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  /** Asks for something of the interface. */
  ask<Answer>(path: string, body?: unknown): Promise<Answer>;
  /** Processor time of its process so far. Linux. */
  processorMilliseconds(): number;
  stop(): Promise<void>;
}

/** Starts `chromaray open`; the time is that from the command until the address is printed. */
export async function startServer(folder: string): Promise<{ readonly server: Server; readonly milliseconds: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [program, 'open', folder, '--no-browser', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(text.toString()));
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  const milliseconds = performance.now() - started;
  const { url, origin, token } = JSON.parse(line) as { url: string; origin: string; token: string };
  const server: Server = {
    ...{ url, origin, token },
    async ask<Answer>(path: string, body?: unknown): Promise<Answer> {
      const answer = await fetch(`${origin}/api${path}`, {
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Answer;
    },
    processorMilliseconds: () => processorMillisecondsOf(child.pid!),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
    },
  };
  return { server, milliseconds };
}
