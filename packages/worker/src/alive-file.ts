import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const pauseMilliseconds = 15_000;

/**
 * A file that is written anew every 15 seconds while this process answers, for a probe that looks at its age: a worker that waits for an
 * exchange which is away is alive, one whose process hangs is not.
 */
export class AliveFile {
  private readonly file: string;
  private timer: NodeJS.Timeout | undefined;

  /** @param folder of the worker; the file is `alive/<name>` in it */
  constructor(folder: string, name: string) {
    this.file = path.join(folder, 'alive', name);
  }

  begin(pause = pauseMilliseconds): void {
    this.write();
    this.timer = setInterval(() => this.write(), pause);
    this.timer.unref();
  }

  end(): void {
    clearInterval(this.timer);
    rmSync(this.file, { force: true });
  }

  private write(): void {
    try {
      mkdirSync(path.dirname(this.file), { recursive: true, mode: 0o700 });
      writeFileSync(this.file, '');
    } catch {
      // A disk that is full says so where a trial needs it.
    }
  }
}
