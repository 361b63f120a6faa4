import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

const programs = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scancel', 'scontrol'];

/** Why there can be no Slurm here; undefined when there can. A test puts it in its name. */
export function slurmMissing(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux';
  if (process.getuid?.() !== 0) return 'needs root, as slurmd does';
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  const absent = programs.filter((program) => !folders.some((folder) => isProgram(path.join(folder, program))));
  return absent.length === 0 ? undefined : `without ${absent.join(', ')}; Debian: slurm-wlm, munge`;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Seconds that a task which is queued again waits at least, and the least that Slurm allows. Default of Slurm: 120. */
const requeueSeconds = 5;

/**
 * A Slurm of this machine alone: munge, controller and one node, with keys, ports and files of their own in a folder of `/tmp`. It
 * touches no other Slurm, starts in about a second, and is used through the environment variable `SLURM_CONF`.
 */
export class SlurmServer {
  private readonly root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-slurm-'));
  private readonly node = 'node1';

  /** What a process needs in its environment to use it. */
  get environment(): { readonly SLURM_CONF: string; readonly PATH: string } {
    return { SLURM_CONF: this.file('slurm.conf'), PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };
  }

  /** @param cpus CPUs that the node says it has */
  static async start(cpus = 2): Promise<SlurmServer> {
    const server = new SlurmServer();
    const [controller, node] = await freePorts(2);
    server.configure(controller!, node!, cpus);
    try {
      server.startMunge();
      server.startController();
      server.startNode();
      await server.until(() => / idle$/m.test(server.command('sinfo', '-h', '-o', '%N %t')), 'its node is idle');
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Runs a command of Slurm and returns what it prints. */
  command(name: string, ...args: readonly string[]): string {
    return execFileSync(name, args, { env: { ...process.env, ...this.environment }, encoding: 'utf8', stdio: 'pipe' });
  }

  startController(): void {
    this.daemon('slurmctld', '-f', this.file('slurm.conf'));
  }

  startNode(): void {
    this.daemon('slurmd', '-f', this.file('slurm.conf'), '-N', this.node);
  }

  /** Ends the controller, as a restart of its machine does; jobs run on. */
  stopController(): void {
    this.kill('slurmctld.pid', 'SIGTERM');
  }

  /** Ends the node's daemon with what it runs, as a power cut does. */
  killNode(): void {
    this.kill('slurmd.pid', 'SIGKILL');
    for (const pid of this.taskProcesses()) killQuietly(pid, 'SIGKILL');
  }

  /** Lets the controller take its node for dead; it is back when its daemon is started again. */
  setNodeDown(): void {
    this.command('scontrol', 'update', `nodename=${this.node}`, 'state=down', 'reason=test');
  }

  /** Ids of the processes of jobs on the node, Slurm's keepers of jobs included. */
  taskProcesses(): readonly number[] {
    return execFileSync('ps', ['-eo', 'pid='], { encoding: 'utf8' })
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 0 && this.isTask(pid));
  }

  async stop(): Promise<void> {
    this.kill('slurmd.pid', 'SIGKILL');
    for (const pid of this.taskProcesses()) killQuietly(pid, 'SIGKILL');
    this.kill('slurmctld.pid', 'SIGKILL');
    this.kill('munge.pid', 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 100));
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Waits until something holds; fails after a minute, with the ends of the daemons' logs. */
  async until(holds: () => boolean, what: string, seconds = 60): Promise<void> {
    const begun = Date.now();
    while (!quietly(holds)) {
      if (Date.now() - begun > seconds * 1000) throw new Error(`Waited in vain until ${what}.\n${this.logs()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private isTask(pid: number): boolean {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      if (!environment.includes(`SLURM_CONF=${this.file('slurm.conf')}`)) return false;
      const isKeeper = readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('slurmstepd');
      return isKeeper || environment.some((one) => one.startsWith('SLURM_JOB_ID='));
    } catch {
      return false;
    }
  }

  private file(name: string): string {
    return path.join(this.root, name);
  }

  private daemon(program: string, ...args: readonly string[]): void {
    // Daemons leave by themselves; what they print on the way is in their logs.
    execFileSync(program, args, { env: { ...process.env, ...this.environment }, stdio: 'ignore' });
  }

  private startMunge(): void {
    const folder = this.file('munge');
    mkdirSync(folder, { mode: 0o755 });
    writeFileSync(path.join(folder, 'key'), randomBytes(1024), { mode: 0o400 });
    const { PATH } = this.environment;
    const options = { key: 'key', socket: 'socket', log: 'log', seed: 'seed' };
    const files = Object.entries({ 'key-file': options.key, 'log-file': options.log, 'seed-file': options.seed });
    const child = spawn(
      'munged',
      [
        '--force',
        `--socket=${path.join(folder, options.socket)}`,
        `--pid-file=${this.file('munge.pid')}`,
        ...files.map(([name, file]) => `--${name}=${path.join(folder, file)}`),
      ],
      { env: { ...process.env, PATH }, stdio: 'ignore' },
    );
    child.unref();
  }

  private configure(controllerPort: number, nodePort: number, cpus: number): void {
    chmodSync(this.root, 0o755);
    for (const folder of ['state', 'spool']) mkdirSync(this.file(folder));
    writeFileSync(
      this.file('slurm.conf'),
      [
        'ClusterName=chromaray',
        `SlurmctldHost=${os.hostname()}(127.0.0.1)`,
        'SlurmUser=root',
        'SlurmdUser=root',
        'AuthType=auth/munge',
        'CredType=cred/munge',
        // A task that is queued again waits until its old credentials have expired.
        `AuthInfo=socket=${this.file('munge/socket')},cred_expire=${requeueSeconds}`,
        `SlurmctldPort=${controllerPort}`,
        `SlurmdPort=${nodePort}`,
        `StateSaveLocation=${this.file('state')}`,
        `SlurmdSpoolDir=${this.file('spool')}`,
        `SlurmctldPidFile=${this.file('slurmctld.pid')}`,
        `SlurmdPidFile=${this.file('slurmd.pid')}`,
        `SlurmctldLogFile=${this.file('slurmctld.log')}`,
        `SlurmdLogFile=${this.file('slurmd.log')}`,
        // The node has as many CPUs as this file says.
        'SlurmdParameters=config_overrides',
        'ProctrackType=proctrack/linuxproc',
        'TaskPlugin=task/none',
        'SwitchType=switch/none',
        'MpiDefault=none',
        'SchedulerType=sched/backfill',
        'SchedulerParameters=sched_interval=1,bf_interval=1',
        'SelectType=select/cons_tres',
        'SelectTypeParameters=CR_Core',
        'ReturnToService=2',
        'SlurmctldTimeout=10',
        'SlurmdTimeout=10',
        'KillWait=5',
        'OverTimeLimit=0',
        'AccountingStorageType=accounting_storage/none',
        'JobAcctGatherType=jobacct_gather/none',
        `NodeName=${this.node} NodeHostname=${os.hostname()} NodeAddr=127.0.0.1 CPUs=${cpus} State=UNKNOWN`,
        'PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP',
        '',
      ].join('\n'),
    );
  }

  private kill(pidFile: string, signal: NodeJS.Signals): void {
    const pid = quietly(() => Number(readFileSync(this.file(pidFile), 'utf8')));
    if (pid) killQuietly(pid, signal);
  }

  private logs(): string {
    return ['slurmctld.log', 'slurmd.log']
      .map((name) => `${name}:\n${quietly(() => readFileSync(this.file(name), 'utf8').slice(-1500)) ?? ''}`)
      .join('\n');
  }
}

function killQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
