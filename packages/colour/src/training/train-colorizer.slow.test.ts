import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256File } from '@chromaray/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedColorizer } from '../colorizer/installed.js';
import { openColorizer } from '../colorizer/open.js';
import { writePhotographs } from '../photographs/photographs.test-support.js';
import type { ColorizerTrainingEvent } from './events.js';
import { type TrainColorizerOptions, trainColorizer } from './train-colorizer.js';

const root = mkdtempSync(path.join(tmpdir(), 'chromaray-training-'));
const photographs = path.join(root, 'photographs');
const folder = path.join(root, 'colorizers');
beforeAll(() => writePhotographs(photographs, 60));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const code = (what: string) => expect.objectContaining({ code: `CHROMARAY_${what}` });

function train(name: string, change: Partial<TrainColorizerOptions> = {}) {
  const events: ColorizerTrainingEvent[] = [];
  const result = trainColorizer({
    ...{ photographs, name, output: path.join(root, name), folder, sizes: [32, 48], epochs: [2, 1], threads: 1 },
    onEvent: (event) => events.push(event),
    ...change,
  });
  return { result, events };
}

describe('trainColorizer', () => {
  it('ends with an installed colorizer, its card, its measures and sheets of every epoch', async () => {
    const { result, events } = train('mine', { licence: 'CC0-1.0' });
    const { installed, record, card } = await result;
    expect(installedColorizer('mine', folder)).toMatchObject({ contract: 'uv', licence: 'CC0-1.0' });
    expect(record).toMatchObject({ name: 'mine', seed: 1, examples: 3 * record.photographs.training });
    expect(record.sha256).toBe(installed.sha256);
    expect(record.comparison.gray.colourfulness).toBe(0);
    expect(record.comparison.photographs).toBe(record.photographs.heldOut);
    const text = readFileSync(card, 'utf8');
    for (const part of ['For research use only', 'CC0-1.0', record.photographs.contents.slice(0, 16), '| gray |'])
      expect(text).toContain(part);
    const sheets = ['stage-1-32px-epoch-01.png', 'stage-1-32px-epoch-02.png', 'stage-2-48px-epoch-01.png'];
    expect(readdirSync(path.join(root, 'mine', 'sheets')).sort()).toEqual(sheets);
    expect(events.find(({ kind }) => kind === 'warning')).toMatchObject({ message: expect.stringContaining('60') });
    const steps = events.filter(({ kind }) => kind === 'step') as { done: number; total: number }[];
    expect(steps.at(-1)!.done).toBeCloseTo(steps.at(-1)!.total, 9);
    const colorizer = await openColorizer('mine', { folder, renderFactor: 3 });
    const gray = { width: 60, height: 50, data: new Uint8Array(3000).fill(140) };
    expect((await colorizer.colorize([gray]))[0]!.width).toBe(60);
    await colorizer.release();
  });

  it('resumes after its last epoch to the same file, and writes another answer without training', async () => {
    const { record: whole } = await train('whole').result;
    const controller = new AbortController();
    const stopped = train('halves', {
      signal: controller.signal,
      onEvent: (event) => event.kind === 'epoch' && event.epoch === 1 && controller.abort(),
    });
    await expect(stopped.result).rejects.toEqual(code('TRAINING_CANCELLED'));
    expect(installedColorizer('halves', folder)).toBeUndefined();
    const { result, events } = train('halves');
    expect((await result).record.sha256).toBe(whole.sha256);
    expect(events.find(({ kind }) => kind === 'stage')).toMatchObject({ resumedFrom: 1 });

    const answer = { temperature: 1, rebalance: 0 };
    const again = train('halves', { answer, folder: path.join(root, 'elsewhere') });
    const { record, installed } = await again.result;
    expect(record.sha256).not.toBe(whole.sha256);
    expect(await sha256File(installed.file)).toBe(record.sha256);
    expect(again.events.some(({ kind }) => kind === 'step')).toBe(false);
    await expect(train('halves', { seed: 2 }).result).rejects.toEqual(code('CHECKPOINT_MISMATCH'));
  });

  it('learns U and V themselves where asked to', async () => {
    const { record } = await train('l1', { loss: 'l1', sizes: [32], epochs: [1] }).result;
    expect(record).toMatchObject({ loss: 'l1', answer: { temperature: 1, rebalance: 0 } });
    expect(Number.isFinite(record.comparison.colorizer.psnr)).toBe(true);
  });
});
