import type { StudyEvent } from '@chromaray/contracts';
import { followStudy } from '@chromaray/study';
import type { Context } from '../context.js';
import { eventLines, progressDetail } from '../terminal/event-line.js';
import { printText } from '../terminal/print.js';
import type { StudyStatusOptions } from './study-status.js';

/** What `chromaray study status <study> --watch` does. */
export async function studyWatchAction(study: string, options: StudyStatusOptions, context: Context): Promise<void> {
  const { studies, from, json = false } = options;
  for await (const event of followStudy(study, { studies, from, signal: context.signal })) {
    if (json) context.out.write(`${JSON.stringify(event)}\n`);
    else show(event, context);
  }
  context.progress.end();
}

/** A line for each event, and a moving one for progress where there is a terminal. */
function show(event: StudyEvent, context: Context): void {
  const { progress, out } = context;
  if (event.kind === 'progress') {
    const { phase, done, total, unit } = event;
    const detail = progressDetail(event);
    progress.update({ phase, done, total, unit, ...(detail === undefined ? {} : { detail }) });
    return;
  }
  progress.end();
  for (const line of eventLines(event)) {
    printText(out, `${String(event.seq).padStart(4)}  ${clock(event.at)}  ${line}`);
  }
}

/** Local date and time to the second, as `2026-01-31 14:05:09`. */
function clock(at: string): string {
  const time = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`;
}
