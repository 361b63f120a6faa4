import { formatCount, formatSeconds } from './format.js';

/** Where a piece of long work stands. */
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

/** Tells people how long work goes on. One line that is rewritten on a terminal, nothing elsewhere. */
export interface Progress {
  update(state: ProgressState): void;
  /** A line that stays. */
  note(text: string): void;
  /** Removes the moving line. */
  end(): void;
}

const redrawMilliseconds = 100;
const rateWindowMilliseconds = 20_000;

/**
 * Progress on a stream: a bar, the rate and the time left. The rate is that of the last twenty seconds, so
 * that a resumed study does not count what an earlier run did.
 *
 * @param now in milliseconds; replaced in tests
 */
export function createProgress(stream: NodeJS.WriteStream, now: () => number = Date.now): Progress {
  const moving = stream.isTTY === true;
  let phase = '';
  let marks: { time: number; done: number }[] = [];
  let drawn = 0;

  const clear = (): void => void (moving && stream.write('\r\u001b[2K'));
  return {
    update(state) {
      if (!moving) return;
      const time = now();
      if (state.phase !== phase) {
        phase = state.phase;
        marks = [];
        drawn = 0;
      }
      marks.push({ time, done: state.done });
      while (marks.length > 2 && time - marks[0]!.time > rateWindowMilliseconds) marks.shift();
      if (time - drawn < redrawMilliseconds && state.done < state.total) return;
      drawn = time;
      clear();
      stream.write(progressLine(state, ratePerSecond(marks), stream.columns ?? 80));
    },
    note(text) {
      clear();
      stream.write(`${text}\n`);
    },
    end() {
      clear();
      phase = '';
    },
  };
}

/** One line no wider than the terminal: phase, bar, share, count, rate, time left, detail. */
export function progressLine(state: ProgressState, rate: number | undefined, columns: number): string {
  const share = state.total === 0 ? 1 : Math.min(1, state.done / state.total);
  const filled = Math.round(share * 20);
  const parts = [
    `${state.phase} ${'━'.repeat(filled)}${'─'.repeat(20 - filled)} ${String(Math.floor(share * 100)).padStart(3)} %`,
    `${formatCount(state.done)}/${formatCount(state.total)} ${state.unit}`,
  ];
  if (rate !== undefined && rate > 0) {
    parts.push(`${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s`);
    parts.push(`${formatSeconds((state.total - state.done) / rate)} left`);
  }
  if (state.detail !== undefined) parts.push(state.detail);
  return parts.join('  ').slice(0, Math.max(20, columns - 1));
}

function ratePerSecond(marks: readonly { time: number; done: number }[]): number | undefined {
  const first = marks[0];
  const last = marks.at(-1);
  if (first === undefined || last === undefined || last.time <= first.time) return undefined;
  return (1000 * (last.done - first.done)) / (last.time - first.time);
}
