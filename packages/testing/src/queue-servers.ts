import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TestCertificate } from './certificates.js';

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

/** Ids of the user `nobody` on Debian. */
const nobody = 65534;

export interface TestRedisOptions {
  /** Whether it keeps each change on disk, so that a restart loses nothing; else a restart loses all. */
  readonly persistent?: boolean;
  readonly password?: string;
  /** Answers by TLS alone. */
  readonly certificate?: TestCertificate;
  /** Where it listens; the test must reach it there to see that it does. */
  readonly host?: string;
}

export async function testRedis({
  persistent = true,
  password,
  certificate,
  host = '127.0.0.1',
}: TestRedisOptions = {}): Promise<TestQueueServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-redis-'));
  const port = await freePort();
  const keep = persistent ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
  const secret = password === undefined ? [] : ['--requirepass', password];
  const { cert, key } = certificate ?? {};
  const ports =
    certificate === undefined
      ? ['--port', String(port)]
      : ['--port', '0', '--tls-port', String(port), '--tls-cert-file', cert!, '--tls-key-file', key!];
  const tls = certificate === undefined ? [] : ['--tls-auth-clients', 'no', '--tls-ca-cert-file', cert!];
  const args = [...ports, ...tls, '--bind', host, '--dir', folder, '--save', '', ...keep, ...secret];
  const scheme = certificate === undefined ? 'redis' : 'rediss';
  return serverOf({ folder, url: `${scheme}://${host}:${port}`, host, port, powerCut: 'SIGKILL' }, () =>
    spawn(program('redis-server')!, args, { stdio: 'ignore' }),
  );
}

/**
 * PostgreSQL with a database `chromaray`, as a user that is not root.
 *
 * @param certificate lets in who comes by TLS alone
 */
export async function testPostgres({
  certificate,
}: {
  readonly certificate?: TestCertificate;
} = {}): Promise<TestQueueServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-postgres-'));
  const port = await freePort();
  const data = path.join(folder, 'data');
  const drop = process.getuid?.() === 0 ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : [];
  chmodSync(folder, 0o777);
  const command = (name: string, ...args: readonly string[]): [string, string[]] => {
    const [first, ...rest] = [...drop, postgresProgram(name)!, ...args];
    return [first!, rest];
  };
  const options = { cwd: folder, stdio: 'ignore' } as const;
  execFileSync(...command('initdb', '-D', data, '-U', 'chromaray', '--auth=trust', '-E', 'UTF8', '--no-sync'), options);
  const tls: string[] = [];
  if (certificate !== undefined) {
    const own = (from: string, name: string): string => {
      const to = path.join(folder, name);
      copyFileSync(from, to);
      chmodSync(to, 0o600);
      if (drop.length > 0) chownSync(to, nobody, nobody);
      return to;
    };
    tls.push('-c', 'ssl=on', '-c', `ssl_cert_file=${own(certificate.cert, 'server.pem')}`);
    tls.push('-c', `ssl_key_file=${own(certificate.key, 'server.key')}`);
    writeFileSync(path.join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 trust\n');
  }
  const url = `postgres://chromaray@127.0.0.1:${port}/postgres`;
  // A postmaster that is killed leaves its processes behind; this is what PostgreSQL calls immediate: nothing is put in order.
  return serverOf({ folder, url, host: '127.0.0.1', port, powerCut: 'SIGQUIT' }, () =>
    spawn(...command('postgres', '-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, ...tls), options),
  );
}

interface Place {
  readonly folder: string;
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** What ends it as a power cut does. */
  readonly powerCut: NodeJS.Signals;
}

function serverOf({ folder, url, host, port, powerCut }: Place, launch: () => ChildProcess): TestQueueServer {
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
        if (await listens(port, host)) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`The server at ${url} does not listen.`);
    },
    // Of PostgreSQL: "fast", which does not wait for clients. Redis takes it as an end, too.
    stop: () => end('SIGINT'),
    kill: () => end(powerCut),
    async remove() {
      await end(powerCut);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

function listens(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
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
