import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgress } from './progress.js';
import { progressLine } from './progress-line.js';

function stream(columns?: number): { readonly stream: NodeJS.WriteStream; text(): string } {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream;
  stream.isTTY = columns !== undefined;
  if (columns !== undefined) stream.columns = columns;
  let text = '';
  stream.write = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  return { stream, text: () => text };
}

describe('progress on a terminal', () => {
  it('shows share, count, rate and time left within the terminal width', () => {
    const state = { phase: 'decoding', done: 250, total: 1000, unit: 'images', detail: 'train part' };
    const line = progressLine(state, 50, 120);
    expect(line).toContain('25 %');
    expect(line).toContain('250/1,000 images');
    expect(line).toContain('50/s');
    expect(line).toContain('15 s left');
    for (let width = 21; width < 100; width++) expect(progressLine(state, 50, width).length).toBeLessThan(width);
  });

  it('leaves out what has no room, and cuts nothing in two', () => {
    const state = { phase: 'decoding', done: 250, total: 1000, unit: 'images' };
    const whole = progressLine(state, 50, 120).split('  ');
    for (let width = 45; width < 100; width++) {
      for (const part of progressLine(state, 50, width).split('  ')) expect(whole).toContain(part);
    }
  });

  it('counts the rate from the first mark, so that a resumed run does not look fast', () => {
    let time = 0;
    const { stream: terminal, text } = stream(120);
    const progress = createProgress(terminal, () => time);
    progress.update({ phase: 'training', done: 900, total: 1000, unit: 'steps' });
    time = 1000;
    progress.update({ phase: 'training', done: 910, total: 1000, unit: 'steps' });
    expect(text()).toContain('10/s');
    expect(text()).toContain('9.0 s left');
  });

  it('breaks notes between words', () => {
    const { stream: terminal, text } = stream(24);
    createProgress(terminal).note('the difference is less than 0.038 in AUROC');
    expect(text()).toContain('the difference is less\nthan 0.038 in AUROC\n');
  });
});

describe('progress without a terminal', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** The longest silence in seconds while `work` runs for five minutes, and all that was written. */
  function silence(work: (progress: ReturnType<typeof createProgress>, second: number) => void) {
    const log = stream();
    const progress = createProgress(log.stream);
    progress.begin('data audit');
    let [longest, since, before] = [0, 0, ''];
    for (let second = 1; second <= 300; second++) {
      vi.advanceTimersByTime(1000);
      work(progress, second);
      if (log.text() !== before) since = second;
      longest = Math.max(longest, second - since);
      before = log.text();
    }
    progress.close();
    return {
      longest,
      text: log.text(),
      after: () => {
        vi.advanceTimersByTime(100_000);
        return log.text().slice(before.length);
      },
    };
  }

  it('says that a command still runs, at least every 30 seconds, though it counts nothing', () => {
    const { longest, text, after } = silence(() => {});
    expect(longest).toBeLessThan(30);
    expect(text).toContain('data audit: still running after 20\u0020s\n');
    expect(text).toContain('data audit: still running after 1 min 20 s\n');
    expect(after()).toBe('');
  });

  it('says how far it is where it counts, with rate and time left', () => {
    const { longest, text } = silence((progress, second) =>
      progress.update({ phase: 'reading', done: 40 * second, total: 20_000, unit: 'images', detail: 'train part' }),
    );
    expect(longest).toBeLessThan(30);
    expect(text).toContain('reading: 3,960 of 20,000 images, 40/s, 6 min 41 s left, train part\n');
    expect(text).not.toContain('\r');
  });

  it('does so when a long computation keeps timers from running', () => {
    const log = stream();
    let time = 0;
    const progress = createProgress(log.stream, () => time);
    progress.begin('data audit');
    for (; time < 60_000; time += 100) {
      progress.update({ phase: 'comparing', done: time, total: 100_000, unit: 'images' });
    }
    expect(log.text().match(/^comparing: /gm)!.length).toBe(2);
  });

  it('is silent where notes are written often enough, and for quick commands', () => {
    const { text } = silence((progress, second) => void (second % 10 === 0 && progress.note('epoch')));
    expect(text).toBe('epoch\n'.repeat(30));
    const log = stream();
    const quick = createProgress(log.stream);
    quick.begin('doctor');
    quick.update({ phase: 'reading', done: 1, total: 2, unit: 'images' });
    vi.advanceTimersByTime(10_000);
    quick.end();
    expect(log.text()).toBe('');
  });

  it('says after the last count that something still runs', () => {
    const { text } = silence((progress) => progress.update({ phase: 'reading', done: 5, total: 5, unit: 'images' }));
    expect(text).not.toContain('reading');
    expect(text).toContain('still running');
  });
});
