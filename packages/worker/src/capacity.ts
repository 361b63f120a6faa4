import { bytes, canonicalJson, programVersion } from '@chromaray/base';
import { nodeMajor, type OpenQueue } from '@chromaray/remote';
import { type ExecutionProfile, executionProfile, profileText } from '@chromaray/trials';

/** What a worker may use. */
export interface Limits {
  readonly threads: number;
  readonly memoryBytes: number;
}

/** What a worker may use, and how much of it trials have taken. */
export class Capacity {
  private threads = 0;
  private memoryBytes = 0;

  constructor(private readonly limits: Limits) {}

  hasRoomFor({ profile, memoryBytes }: OpenQueue): boolean {
    return (
      this.threads + profile.threads <= this.limits.threads && this.memoryBytes + memoryBytes <= this.limits.memoryBytes
    );
  }

  take({ profile, memoryBytes }: OpenQueue): void {
    this.threads += profile.threads;
    this.memoryBytes += memoryBytes;
  }

  give({ profile, memoryBytes }: OpenQueue): void {
    this.threads -= profile.threads;
    this.memoryBytes -= memoryBytes;
  }
}

/** Why this worker can never take trials of a queue, as the end of a sentence; undefined when it can. */
export function misfit(open: OpenQueue, limits: Limits): string | undefined {
  const { version, node, profile, memoryBytes } = open;
  if (version !== programVersion()) return `they are for Chromaray ${version}, and this is ${programVersion()}`;
  if (node !== nodeMajor()) return `they are for Node.js ${node}, and this is ${nodeMajor()}`;
  const own = profileHere(profile);
  if (own === undefined || canonicalJson(own) !== canonicalJson(profile)) {
    const here = own === undefined ? 'which this machine lacks' : `and this machine computes by ${profileText(own)}`;
    return `they are to be computed by ${profileText(profile)}, ${here}`;
  }
  if (profile.threads > limits.threads) {
    return `each takes ${profile.threads} threads, and this worker may use ${limits.threads}`;
  }
  if (memoryBytes > limits.memoryBytes) {
    return `each takes ${bytes(memoryBytes)} of memory, and this worker may use ${bytes(limits.memoryBytes)}`;
  }
  return undefined;
}

/** The profile with which this machine would compute what another is asked of it. */
function profileHere(asked: ExecutionProfile): ExecutionProfile | undefined {
  try {
    return executionProfile(asked, asked.threads);
  } catch {
    return undefined;
  }
}
