import { randomUUID } from 'node:crypto';
import type { RemotePhase, TrialProgress } from '@chromaray/remote';
import type { TrialMessage } from '@chromaray/trials';

/** Newest epochs that a queue keeps of a running trial; its result has them all. */
const keptEpochs = 20;
const keptFallbacks = 10;

/** How far one run of a trial is, as a queue keeps it: the whole of it each time. */
export class ProgressRecord {
  private progress: TrialProgress;

  constructor(worker: string) {
    this.progress = { worker, attempt: randomUUID(), phase: 'fetching', fallbacks: [], epochs: [] };
  }

  get current(): TrialProgress {
    return this.progress;
  }

  /** The last epoch that was done; 0 before the first. */
  get epoch(): number {
    return this.progress.epochs.at(-1)?.epoch ?? this.progress.started?.resumedAtEpoch ?? 0;
  }

  phase(phase: RemotePhase): void {
    this.progress = { ...this.progress, phase };
  }

  follow(message: TrialMessage): void {
    const { progress } = this;
    if (message.kind === 'started') {
      const { resumedAtEpoch, backend, parameters } = message;
      this.progress = { ...progress, started: { resumedAtEpoch, backend, parameters } };
    } else if (message.kind === 'fallback') {
      const fallbacks = [...progress.fallbacks, message.reason.slice(0, 2000)].slice(0, keptFallbacks);
      this.progress = { ...progress, fallbacks };
    } else if (message.kind === 'step') {
      const { epoch, step, steps } = message;
      this.progress = { ...progress, step: { epoch, step, steps } };
    } else {
      this.progress = { ...progress, epochs: [...progress.epochs, message.epoch].slice(-keptEpochs) };
    }
  }
}
