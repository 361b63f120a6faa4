import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** A server that keeps queues, of a test's own: on a free port, with its files in a folder of its own. */
export interface TestQueueServer {
  /** Its address for clients; the same after a restart. */
  readonly url: string;
  start(): Promise<void>;
  /** As `systemctl stop` does: what it must keep is on disk. */
  stop(): Promise<void>;
  /** As a power cut does. */
  kill(): Promise<void>;
  /** Ends it and removes its files. */
  remove(): Promise<void>;
}

/** Why there can be no Redis here; undefined when there can. A test puts it in its name. */
export const redisMissing = program('redis-server') === undefined ? 'needs redis-server' : undefined;
/** Why there can be no PostgreSQL here. */
export const postgresMissing = whyNoPostgres();

/** @param persistent whether it keeps each change on disk, so that a restart loses nothing; else a restart loses all */
export async function testRedis({
  persistent = true,
  password,
}: {
  persistent?: boolean;
  password?: string;
} = {}): Promise<TestQueueServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-redis-'));
  const port = await freePort();
  const keep = persistent ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
  const secret = password === undefined ? [] : ['--requirepass', password];
  return serverOf(folder, `redis://127.0.0.1:${port}`, port, () =>
    spawn(
      program('redis-server')!,
      ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...keep, ...secret],
      {
        stdio: 'ignore',
      },
    ),
  );
}

/** PostgreSQL with a database `chromaray`, as a user that is not root. */
export async function testPostgres(): Promise<TestQueueServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-postgres-'));
  const port = await freePort();
  const data = path.join(folder, 'data');
  const drop = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  chmodSync(folder, 0o777);
  const command = (name: string, ...args: readonly string[]): [string, string[]] => {
    const [first, ...rest] = [...drop, postgresProgram(name)!, ...args];
    return [first!, rest];
  };
  const options = { cwd: folder, stdio: 'ignore' } as const;
  execFileSync(...command('initdb', '-D', data, '-U', 'chromaray', '--auth=trust', '-E', 'UTF8', '--no-sync'), options);
  return serverOf(folder, `postgres://chromaray@127.0.0.1:${port}/postgres`, port, () =>
    spawn(...command('postgres', '-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder), options),
  );
}

function serverOf(folder: string, url: string, port: number, launch: () => ChildProcess): TestQueueServer {
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await ended;
  };
  return {
    url,
    async start() {
      child = launch();
      for (let tries = 0; tries < 200; tries++) {
        if (child.exitCode !== null) throw new Error(`The server at ${url} ended with code ${child.exitCode}.`);
        if (await listens(port)) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`The server at ${url} does not listen.`);
    },
    // Of PostgreSQL: "fast", which does not wait for clients. Redis takes it as an end, too.
    stop: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
    async remove() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function program(name: string, folders = (process.env.PATH ?? '').split(':')): string | undefined {
  return folders.map((folder) => path.join(folder, name)).find(isProgram);
}

/** Debian keeps these apart by version, and not in the path. */
function postgresProgram(name: string): string | undefined {
  const root = '/usr/lib/postgresql';
  try {
    const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    const found = program(
      name,
      versions.map((version) => path.join(root, version, 'bin')),
    );
    if (found !== undefined) return found;
  } catch {
    // Another system: in the path, then.
  }
  return program(name);
}

function whyNoPostgres(): string | undefined {
  if (postgresProgram('initdb') === undefined) return 'needs postgresql';
  // It refuses to run as root.
  if (process.getuid?.() !== 0) return undefined;
  if (program('setpriv') === undefined) return 'needs setpriv';
  return (statSync('/dev/null').mode & 0o2) === 0 ? 'needs a /dev/null that others than root may write' : undefined;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
