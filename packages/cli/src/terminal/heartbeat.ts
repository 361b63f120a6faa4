import { count, duration } from '@chromaray/base';
import { printText } from './print.js';
import type { ProgressDisplay, ProgressState } from './progress.js';
import { rateParts } from './progress-line.js';
import { RateMeter } from './rate-meter.js';

/** Without a terminal, silence lasts no longer than this and one look, 25 seconds together. */
const quietMilliseconds = 20_000;
const lookMilliseconds = 5_000;

/**
 * Progress where there is no terminal, as in a log: a line whenever nothing was written for a while, so that whoever
 * waits sees that the command still runs.
 */
export function heartbeat(stream: NodeJS.WriteStream, now: () => number): ProgressDisplay {
  const rate = new RateMeter();
  let [command, begun, spoken] = ['', now(), now()];
  let state: ProgressState | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;

  const write = (text: string): void => {
    spoken = now();
    printText(stream, text);
  };
  // Both a timer and every count look at the clock: a timer waits while a long computation holds the thread.
  const look = (): void => {
    if (now() - spoken < quietMilliseconds) return;
    write(state === undefined ? stillRunning(command, now() - begun) : countLine(state, rate.perSecond()));
  };
  return {
    begin(name) {
      [command, begun, spoken] = [name, now(), now()];
      clearInterval(timer);
      // Nobody waits for this timer: it does not keep the process alive.
      timer = setInterval(look, lookMilliseconds).unref();
    },
    update(next) {
      state = next.done < next.total ? next : undefined;
      rate.add(next.phase, next.done, now());
      look();
    },
    note: write,
    end() {
      state = undefined;
      rate.reset();
    },
    close() {
      clearInterval(timer);
    },
  };
}

/** `data audit: still running after 1 min 20 s` */
function stillRunning(command: string, milliseconds: number): string {
  return `${command}: still running after ${duration(milliseconds / 1000)}`;
}

/** `reading: 1,200 of 20,000 images, 40/s, 7 min 50 s left` */
function countLine(state: ProgressState, rate: number | undefined): string {
  const { phase, done, total, unit, detail } = state;
  const parts = [`${count(done)} of ${count(total)} ${unit}`, ...rateParts(state, rate), ...(detail ? [detail] : [])];
  return `${phase}: ${parts.join(', ')}`;
}
