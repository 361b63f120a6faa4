import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A Redis of this run alone, which keeps nothing. */
export interface RedisHere {
  readonly url: string;
  /** Processor seconds that it has used, to a hundredth. Linux only. */
  seconds(): number;
  stop(): Promise<void>;
}

export async function startRedis(): Promise<RedisHere> {
  const port = await freePort();
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: 'ignore',
    },
  );
  const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
  failed.catch(() => {});
  while (!(await Promise.race([failed, listens(port)]))) await wait(50);
  return {
    url: `redis://127.0.0.1:${port}`,
    seconds: () => ticks(child.pid!) / 100,
    async stop() {
      child.kill();
      await once(child, 'close');
    },
  };
}

/** User and system time, in hundredths of a second; after the name of the program, which may hold anything. */
function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
