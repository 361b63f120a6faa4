import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256File } from '@chromaray/base';
import { NetworkBuilder, saveModel } from '@chromaray/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedColorizer } from '../colorizer/installed.js';
import { openColorizer } from '../colorizer/open.js';
import { deoldify } from '../network/colorizer-network.js';
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

/** Milliseconds; networks train, which takes long on a busy machine. */
const patience = 600_000;

describe('trainColorizer', { timeout: patience }, () => {
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

  /** A critic of eight channels, two epochs of it, and a generator that moves visibly. */
  const noGan = {
    ...{ sizes: [64], epochs: [1], last: 'nogan' as const },
    adversarial: { criticFactor: 1 / 32, criticEpochs: [1, 1], steps: 12, learningRate: 5e-4 },
  } as const;

  it('trains on against a critic, shows it on sheets, and stopped in NoGAN resumes to the same file', async () => {
    const { result, events } = train('against', noGan);
    const { record, card } = await result;
    expect(record.adversarial).toMatchObject({ last: 'nogan', side: 64, before: { psnr: expect.any(Number) } });
    const { critic, noGan: turns } = record.adversarial!.rounds[0]!;
    expect(critic).toMatchObject({ criticSteps: 4, generatorSteps: 0, collapse: null });
    expect(turns!.criticSteps + turns!.generatorSteps).toBe(12);
    expect(readFileSync(card, 'utf8')).toContain('| against before NoGAN |');
    const sheets = events.flatMap((event) => (event.kind === 'stretch' ? [event.sheet] : []));
    expect(sheets.map((sheet) => path.basename(sheet))).toEqual([
      ...[2, 4].map((step) => `stage-2-critic-64px-step-00000${step}.png`),
      ...['03', '06', '09', '12'].map((step) => `stage-3-nogan-64px-step-0000${step}.png`),
    ]);
    const [first, last] = [sheets[2]!, sheets[5]!].map((sheet) => readFileSync(sheet));
    expect(Buffer.compare(first!, last!)).not.toBe(0);

    const controller = new AbortController();
    const onEvent = (event: ColorizerTrainingEvent) => {
      if (event.kind === 'turn' && event.stage === 'nogan' && event.step === 7) controller.abort();
    };
    const stopped = train('again', { ...noGan, signal: controller.signal, onEvent });
    await expect(stopped.result).rejects.toEqual(code('TRAINING_CANCELLED'));
    const again = train('again', noGan);
    expect((await again.result).record.sha256).toBe(record.sha256);
    expect(again.events).toContainEqual({ kind: 'turns', stage: 'nogan', round: 0, resumedFrom: 6 });
    expect(
      again.events.some((event) => event.kind === 'step' || (event.kind === 'turn' && event.stage === 'critic')),
    ).toBe(false);
  });

  it('says that a critic collapsed, keeps the generator of the best point, and says so again', async () => {
    // A rule that holds at once: six steps of the critic with a mean loss below any; it hands over after each of them.
    const collapse = { window: 6, overpowers: 1e9 };
    const adversarial = { ...noGan.adversarial, steps: 40, criticLoss: 1e9, learningRate: 0.02, collapse };
    const collapsing = { ...noGan, adversarial: { ...adversarial, repeats: 2 } };
    const { result, events } = train('collapsing', collapsing);
    const { record, card } = await result;
    const { rounds } = record.adversarial!;
    expect(rounds).toHaveLength(1);
    const { collapse: found, taken, stretches } = rounds[0]!.noGan!;
    expect(found).toMatchObject({ reason: 'overpowers', step: 11, window: 6 });
    expect(stretches).toBe(1);
    expect(taken).toBe(1);
    expect(readFileSync(card, 'utf8')).toContain('The critic collapsed in step 11');
    expect(events.find((event) => event.kind === 'warning' && event.message.includes('step 11'))).toBeDefined();
    const again = train('collapsing', collapsing);
    expect((await again.result).record).toMatchObject({ sha256: record.sha256, adversarial: { rounds } });
    expect(again.events.some(({ kind }) => kind === 'turn')).toBe(false);
  });

  it('trains DeOldify’s generator with a loss on features, to a file of its contract', async () => {
    const features = { network: eyes(), tensors: ['seen'], weights: [2] };
    const network = deoldify({ factor: 0.25, encoderChannels: 16 });
    const { record, installed } = await train('artistic', { network, features, sizes: [64], epochs: [2] }).result;
    expect(record).toMatchObject({ loss: 'pixels', features: { layers: [{ tensor: 'seen', weight: 2 }] } });
    expect(installed.contract).toBe('deoldify-imagenet');
    // Its skips fit sides that are multiples of 32.
    expect(installed.renderFactors).toEqual([8, 16, 32]);
    expect(Number.isFinite(record.comparison.colorizer.psnr)).toBe(true);
    const other = await train('artistic-plain', { network, sizes: [64], epochs: [2] }).result;
    expect(other.record.sha256).not.toBe(record.sha256);
  });
});

/** A frozen network of one layer. */
function eyes(): string {
  const file = path.join(root, 'eyes.onnx');
  const builder = new NetworkBuilder('eyes', 1);
  const picture = builder.graph.input('picture', 'float32', ['batch', 3, 224, 224]);
  saveModel(file, builder.finishAs(builder.convolution(picture, { name: 'eye', filters: 4, kernel: 3 }), 'seen').model);
  return file;
}
