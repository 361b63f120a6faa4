import { existsSync } from 'node:fs';
import path from 'node:path';
import { openStudyReader, studyFolder } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { chromaray, Queue } from './processes.js';

/**
 * `chromaray study run --queue` with many trials of a tiny study. Queue, exchange, store and report are the real ones; the two
 * workers train one trial of each arm, and give its result to the rest.
 */
export async function measureMany(trials: number): Promise<object> {
  const tiny = new TinyStudy();
  const queue = await Queue.start(tiny.folder, 'echo');
  try {
    await tiny.writeData();
    const seeds = Array.from({ length: trials / 2 }, (_, i) => i + 1);
    const file = tiny.writeStudyFile({ seeds: `[${seeds.join(', ')}]`, epochs: 1 });
    const folder = studyFolder(tiny.path('studies'), 'tiny');
    const seen = new Map<number, number>();
    const args = ['study', 'run', file, '--studies', tiny.path('studies'), '--queue', queue.url];
    const { seconds, memory } = await chromaray([...args, '--exchange', path.join(tiny.folder, 'exchange')], (at) => {
      const { known, done } = states(folder);
      if (known > 0) seen.set(-1, seen.get(-1) ?? at);
      if (!seen.has(done)) seen.set(done, at);
    });
    const at = (done: number): number => round(seen.get(done) ?? Number.NaN);
    const resident = (from: number, to: number): number =>
      Math.round(
        Math.max(...memory.filter((one) => one.seconds >= from && one.seconds <= to).map((one) => one.mebibytes)),
      );
    const [begin, end] = [seen.get(-1) ?? 0, seen.get(trials) ?? seconds];
    const quarter = (n: number): number =>
      resident(begin + ((end - begin) * (n - 1)) / 4, begin + ((end - begin) * n) / 4);
    return {
      trials,
      secondsOfAll: round(seconds),
      secondsToFirstTrialRegistered: at(-1),
      secondsOfTrials: round(end - begin),
      memoryMiBByQuarterOfTrials: [1, 2, 3, 4].map(quarter),
      memoryMiBAtMost: resident(0, seconds),
    };
  } finally {
    await queue.stop();
    tiny.remove();
  }
}

function states(folder: ReturnType<typeof studyFolder>): { readonly known: number; readonly done: number } {
  if (!existsSync(folder.store)) return { known: 0, done: 0 };
  try {
    const store = openStudyReader(folder);
    const trials = store.trials();
    store.close();
    return { known: trials.length, done: trials.filter(({ status }) => status === 'done').length };
  } catch {
    return { known: 0, done: 0 };
  }
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
