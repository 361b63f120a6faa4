import { programVersion } from '@chromaray/base';
import { type Machine, nodeMajor, type OpenQueue } from '@chromaray/remote';
import { offeredBackends, processorFamily } from '@chromaray/trials';

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

  /** Whether there is room for no trial at all: each takes a thread. */
  get full(): boolean {
    return this.threads >= this.limits.threads;
  }

  take({ profile, memoryBytes }: OpenQueue): void {
    this.threads += profile.threads;
    this.memoryBytes += memoryBytes;
  }

  get freeMemoryBytes(): number {
    return Math.max(0, this.limits.memoryBytes - this.memoryBytes);
  }

  give({ profile, memoryBytes }: OpenQueue): void {
    this.threads -= profile.threads;
    this.memoryBytes -= memoryBytes;
  }
}

/** What this machine can compute by, and what its trials may use together. */
export function machineHere(limits: Limits): Machine {
  return {
    ...limits,
    ...{ version: programVersion(), node: nodeMajor(), processor: processorFamily() },
    offers: offeredBackends().map(({ precisions, ...offer }) => ({ ...offer, precisions: [...precisions] })),
  };
}
