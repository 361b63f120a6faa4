import { type ChildProcess, fork } from 'node:child_process';
import { childEntry, deserializeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { Work, WorkAnswer, WorkName, WorkOrder } from './work-order.js';

/** How long a cancelled order may take to end by itself before its process is killed, in milliseconds. */
const grace = 300;
/** An idle process holds opened networks; after this time, in milliseconds, it is let go. */
const idle = 60_000;
/** Orders that may wait. */
const mostWaiting = 64;

interface Waiting {
  readonly order: WorkOrder;
  readonly signal: AbortSignal;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Does heavy work on pictures in one process, one order after the other. An order that nobody waits for any longer is
 * not begun, and ends its process when it has.
 */
export class WorkRoom {
  private readonly queue: Waiting[] = [];
  private busy = false;
  private child: ChildProcess | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;

  /**
   * @throws ChromarayError what the work threw; `CHROMARAY_WEB_RATE` when too much waits
   * @throws the signal's reason when it is aborted
   */
  ask<Name extends WorkName>(name: Name, asks: Work[Name]['asks'], signal: AbortSignal): Promise<Work[Name]['gives']> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      if (this.queue.length >= mostWaiting)
        throw codedError('CHROMARAY_WEB_RATE', { message: `${mostWaiting} pictures are waiting to be worked on.` });
      const waiting = {
        order: { name, asks } as WorkOrder,
        signal,
        resolve: resolve as (value: unknown) => void,
        reject,
      };
      this.queue.push(waiting);
      signal.addEventListener('abort', () => this.forget(waiting), { once: true });
      void this.next();
    });
  }

  /** The process that works, for tests: undefined while there is none. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  close(): void {
    clearTimeout(this.resting);
    for (const { reject } of this.queue.splice(0)) reject(stopped());
    this.letGo();
  }

  private forget(waiting: Waiting): void {
    const at = this.queue.indexOf(waiting);
    if (at < 0) return;
    this.queue.splice(at, 1);
    waiting.reject(waiting.signal.reason);
  }

  private async next(): Promise<void> {
    if (this.busy) return;
    const waiting = this.queue.shift();
    if (waiting === undefined) {
      this.resting = setTimeout(() => this.letGo(), idle).unref();
      return;
    }
    clearTimeout(this.resting);
    this.busy = true;
    await this.work(waiting).then(waiting.resolve, waiting.reject);
    this.busy = false;
    void this.next();
  }

  private work({ order, signal }: Waiting): Promise<unknown> {
    const child = this.running();
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const cancel = (): void => {
        timer = setTimeout(() => this.letGo(), grace);
      };
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        child.removeListener('message', answered);
        child.removeListener('exit', gone);
      };
      const answered = (message: unknown): void => {
        end();
        const answer = message as WorkAnswer;
        if ('error' in answer) reject(deserializeError(answer.error));
        else resolve(answer.gives);
      };
      const gone = (code: number | null, how: string | null): void => {
        end();
        if (this.child === child) this.child = undefined;
        reject(signal.aborted ? signal.reason : endedEarly(how ?? `exit code ${code}`));
      };
      child.on('message', answered);
      child.on('exit', gone);
      if (signal.aborted) cancel();
      else signal.addEventListener('abort', cancel, { once: true });
      child.send(order);
    });
  }

  private running(): ChildProcess {
    if (this.child?.connected) return this.child;
    const { file, execArgv } = childEntry(import.meta.url, './work-process');
    const stdio: ('ignore' | 'inherit' | 'ipc')[] = ['ignore', 'ignore', 'inherit', 'ipc'];
    this.child = fork(file, [], { execArgv: [...execArgv], stdio, serialization: 'advanced' });
    this.child.on('error', () => this.child?.kill('SIGKILL'));
    return this.child;
  }

  private letGo(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }
}

/** Such as by the system, for want of memory: the next order gets a fresh process. */
function endedEarly(how: string) {
  return codedError('CHROMARAY_WORK_ENDED', {
    message: `The process that worked on the picture ended before it was done (${how}).`,
    details: { how },
  });
}

function stopped() {
  return codedError('CHROMARAY_WORK_ENDED', { message: 'The workbench is being stopped.' });
}
