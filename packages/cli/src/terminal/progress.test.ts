import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress, progressLine } from './progress.js';

function terminal(isTTY: boolean): { stream: NodeJS.WriteStream; text(): string } {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream;
  stream.isTTY = isTTY;
  stream.columns = 120;
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { stream, text: () => text };
}

describe('progress', () => {
  it('shows share, count, rate and time left within the terminal width', () => {
    const line = progressLine({ phase: 'decoding', done: 250, total: 1000, unit: 'images' }, 50, 120);
    expect(line).toContain('25 %');
    expect(line).toContain('250/1 000 images');
    expect(line).toContain('50/s');
    expect(line).toContain('15 s left');
    expect(progressLine({ phase: 'x'.repeat(90), done: 1, total: 2, unit: 'y' }, 1, 40).length).toBeLessThan(40);
  });

  it('counts the rate from the first mark, so that a resumed run does not look fast', () => {
    let time = 0;
    const { stream, text } = terminal(true);
    const progress = createProgress(stream, () => time);
    progress.update({ phase: 'training', done: 900, total: 1000, unit: 'steps' });
    time = 1000;
    progress.update({ phase: 'training', done: 910, total: 1000, unit: 'steps' });
    expect(text()).toContain('10/s');
    expect(text()).toContain('9 s left');
  });

  it('writes no moving line where nobody watches, but keeps notes', () => {
    const { stream, text } = terminal(false);
    const progress = createProgress(stream);
    progress.update({ phase: 'training', done: 1, total: 2, unit: 'steps' });
    progress.note('patients kept apart');
    progress.end();
    expect(text()).toBe('patients kept apart\n');
  });
});
