import { execFileSync, spawn } from 'node:child_process';

/** A network of its own with machines as network namespaces: 10.0.0.5, 10.0.0.6 and so on, which reach each other and nothing else. */
export class LocalNetwork {
  private readonly bridge = `chrb${process.pid}`;
  private bridged = false;
  private readonly made: string[] = [];

  constructor(private readonly machines: number) {}

  start(): void {
    ip('link', 'add', this.bridge, 'type', 'bridge');
    this.bridged = true;
    ip('link', 'set', this.bridge, 'up');
    for (let i = 1; i <= this.machines; i++) {
      const [machine, line] = [this.machine(i), `chr${process.pid}v${i}`];
      ip('netns', 'add', machine);
      this.made.push(machine);
      ip('link', 'add', line, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', machine);
      ip('link', 'set', line, 'master', this.bridge, 'up');
      ip('-n', machine, 'addr', 'add', `10.0.0.${4 + i}/24`, 'dev', 'eth0');
      for (const device of ['eth0', 'lo']) ip('-n', machine, 'link', 'set', device, 'up');
    }
  }

  /** Runs lines of a shell on a machine, counted from 1, as its user would in a terminal of his own. */
  terminal(machine: number, lines: string, cwd: string, environment: NodeJS.ProcessEnv): Terminal {
    const child = spawn('ip', ['netns', 'exec', this.machine(machine), 'bash', '-euc', lines], {
      cwd,
      env: { ...process.env, NODE_OPTIONS: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { ended, said: () => said };
  }

  /** Ends all that runs on the machines, and takes the network away. */
  stop(): void {
    for (const machine of this.made) {
      const ids = ip('netns', 'pids', machine).split(/\s+/).filter(Boolean).map(Number);
      for (const id of ids) {
        try {
          process.kill(id, 'SIGKILL');
        } catch {
          // It ended by itself.
        }
      }
      ip('netns', 'del', machine);
    }
    if (this.bridged) ip('link', 'del', this.bridge);
    this.bridged = false;
    this.made.length = 0;
  }

  private machine(number: number): string {
    return `chromaray-${process.pid}-lab-${number}`;
  }
}

interface Terminal {
  readonly ended: Promise<number | null>;
  /** What stands on its screen. */
  said(): string;
}

function ip(...args: readonly string[]): string {
  return execFileSync('ip', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Why there can be no such network here; undefined when there can. A test puts it in its name. */
export function networkMissing(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root, to make networks';
  const trial = new LocalNetwork(1);
  try {
    trial.start();
    return undefined;
  } catch {
    return 'needs network namespaces, bridges and veth';
  } finally {
    trial.stop();
  }
}
