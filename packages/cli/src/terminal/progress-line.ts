import { count, decimal, duration } from '@chromaray/base';
import { terminalText } from './print.js';
import type { ProgressState } from './progress.js';

/** One line no wider than the terminal: phase, bar, share, count, rate, time left, detail; what has no room is left out. */
export function progressLine(state: ProgressState, rate: number | undefined, columns: number): string {
  const share = state.total === 0 ? 1 : Math.min(1, state.done / state.total);
  const filled = Math.round(share * 20);
  const parts = [
    `${state.phase} ${'━'.repeat(filled)}${'─'.repeat(20 - filled)} ${String(Math.floor(share * 100)).padStart(3)} %`,
    `${count(state.done)}/${count(state.total)} ${state.unit}`,
    ...rateParts(state, rate),
    ...(state.detail === undefined ? [] : [state.detail]),
  ];
  const width = Math.max(20, columns - 1);
  let line = '';
  for (const part of parts.map((text) => terminalText(text, Number.POSITIVE_INFINITY))) {
    const longer = line === '' ? part : `${line}  ${part}`;
    if (longer.length > width) break;
    line = longer;
  }
  return line === '' ? parts[0]!.slice(0, width) : line;
}

/** Rate and time left, where they are known. */
export function rateParts({ done, total }: ProgressState, rate: number | undefined): readonly string[] {
  if (rate === undefined || rate <= 0) return [];
  return [`${decimal(rate, rate >= 10 ? 0 : 1)}/s`, `${duration((total - done) / rate)} left`];
}
