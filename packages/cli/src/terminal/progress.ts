import { heartbeat } from './heartbeat.js';
import { printText } from './print.js';
import { progressLine } from './progress-line.js';
import { RateMeter } from './rate-meter.js';

/** How far a piece of long work is. */
export interface ProgressState {
  /** What is being done: `training`, `decoding`. */
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  /** What is counted: `images`, `steps`. */
  readonly unit: string;
  /** A few words on what runs just now. */
  readonly detail?: string;
}

/**
 * Shows how far long work is. On a terminal: one line that is rewritten. Elsewhere: a line from time to time.
 */
export interface ProgressDisplay {
  /** Names the command, for lines written while it counts nothing. */
  begin(command: string): void;
  update(state: ProgressState): void;
  /** A line that stays. */
  note(text: string): void;
  /** Removes the moving line. */
  end(): void;
  /** The command is over: no more lines. */
  close(): void;
}

const redrawMilliseconds = 100;

/**
 * Progress on a stream: a bar, the rate and the time left. The rate is that of the last twenty seconds, so
 * that a resumed study does not count what an earlier run did.
 *
 * @param now in milliseconds; replaced in tests
 */
export function createProgress(stream: NodeJS.WriteStream, now: () => number = Date.now): ProgressDisplay {
  return stream.isTTY === true ? movingLine(stream, now) : heartbeat(stream, now);
}

function movingLine(stream: NodeJS.WriteStream, now: () => number): ProgressDisplay {
  const rate = new RateMeter();
  let drawn = 0;
  const clear = (): void => void stream.write('\r\u001b[2K');
  return {
    begin() {},
    update(state) {
      const time = now();
      if (rate.add(state.phase, state.done, time)) drawn = 0;
      if (time - drawn < redrawMilliseconds && state.done < state.total) return;
      drawn = time;
      clear();
      stream.write(progressLine(state, rate.perSecond(), stream.columns ?? 80));
    },
    note(text) {
      clear();
      printText(stream, text);
    },
    end() {
      clear();
      rate.reset();
    },
    close() {},
  };
}
