import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./lossy-link.pl', import.meta.url));

/** Why there can be no such line here; undefined when there can. A test puts it in its name. */
export const linkMissing = whyNot();

/** A network namespace of its own, joined to this machine by a line that delays and loses packets. */
export class LossyLink {
  /** Addresses of this machine and of the other end. */
  readonly here = '10.231.7.1';
  readonly there = '10.231.7.2';
  private readonly namespace = `chromaray-${process.pid}`;
  private readonly devices = [`chr${process.pid}a`, `chr${process.pid}b`] as const;
  private relay: ChildProcess | undefined;

  /** @param line seconds of delay and share of packets that are lost, each way */
  async start({ delay, loss }: { readonly delay: number; readonly loss: number }): Promise<void> {
    const [near, far] = this.devices;
    this.relay = spawn('perl', [script, near, far, String(delay), String(loss)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(this.relay.stdout!, 'data');
    ip('netns', 'add', this.namespace);
    ip('link', 'set', far, 'netns', this.namespace);
    for (const [where, device, address] of [
      [[], near, this.here],
      [['-n', this.namespace], far, this.there],
    ] as const) {
      ip(...where, 'addr', 'add', `${address}/24`, 'dev', device);
      ip(...where, 'link', 'set', device, 'up');
    }
  }

  /** A command, and the arguments before its own, that runs at the other end. */
  get elsewhere(): readonly string[] {
    return ['ip', 'netns', 'exec', this.namespace];
  }

  /** Cuts the line, or mends it. */
  set cut(cut: boolean) {
    ip('link', 'set', this.devices[0], cut ? 'down' : 'up');
  }

  stop(): void {
    if (this.relay === undefined) return;
    this.relay.kill('SIGKILL');
    ip('netns', 'del', this.namespace);
  }
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', [...args]);
}

function whyNot(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root, to make networks';
  if (!existsSync('/dev/net/tun')) return 'needs /dev/net/tun';
  const namespace = `chromaray-try-${process.pid}`;
  try {
    ip('netns', 'add', namespace);
    ip('netns', 'del', namespace);
    execFileSync('perl', ['-MTime::HiRes', '-e', '1']);
    return undefined;
  } catch {
    return 'needs network namespaces and perl';
  }
}
