import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ExampleSource, OnnxRunner, predict, saveModel } from '@chromaray/engine';
import { afterAll, describe, expect, it } from 'vitest';
import { contracts } from '../colorizer/contract.js';
import { encodeInput } from '../colorizer/encode-input.js';
import { weightsOf } from '../training/stage.js';
import { deoldify } from './colorizer-network.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-deoldify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const network = deoldify({ factor: 0.25, encoderChannels: 16 });
const answer = { centres: [], offsets: [], temperature: 1 };

describe('DeOldify’s generator as it is trained here', () => {
  it.each([64, 96])('as a file gives what it gives in training, at %i pixels', async (side) => {
    const data = Uint8Array.from(
      { length: side * side },
      (_, i) => 128 + 90 * Math.sin(i / 7) + 30 * Math.cos(i / side),
    );
    const source = {
      ...{ count: 1, shape: [1, side, side], targetSize: 1 },
      read: (_: Int32Array, into: { pixels: Uint8Array }) => into.pixels.set(data),
    } as unknown as ExampleSource;
    const { model } = network.form(side, 4, answer, 'pixels').model;
    const expected = await predict(model, source);
    const file = path.join(folder, `${side}.onnx`);
    saveModel(file, network.file(weightsOf(model), answer));
    const runner = await OnnxRunner.load(file, { threads: 1 });
    const contract = contracts['deoldify-imagenet'];
    const input = { data: encodeInput({ width: side, height: side, data }, contract, side), dims: [1, 3, side, side] };
    const { output } = await runner.run({ input }, ['output']);
    await runner.release();
    expect(output!.dims).toEqual([1, 3, side, side]);
    const [mean, deviation] = [
      [0.485, 0.456, 0.406],
      [0.229, 0.224, 0.225],
    ];
    const area = side * side;
    const differences = [...expected].map((value, i) => {
      const channel = Math.floor(i / area);
      const level = Math.min(1, Math.max(0, (output!.data[i] as number) * deviation[channel]! + mean[channel]!));
      return Math.abs(value - level);
    });
    // The file's weights are rounded to float16.
    expect(Math.max(...differences)).toBeLessThan(0.02);
    expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(0.05);
  });

  it('leaves its encoder’s convolutions as they are in NoGAN, and nothing else', () => {
    const { trainable } = network.form(64, 4, answer, 'pixels').model;
    const encoder = trainable.filter((name) => network.isEncoder(name));
    expect(encoder.length).toBe(36);
    expect(encoder.every((name) => name.startsWith('encoder/') && name.endsWith('/kernel'))).toBe(true);
    expect(trainable.some((name) => name.startsWith('encoder/') && name.includes('/norm/'))).toBe(true);
  });

  it('refuses sizes that leave its self-attention without channels', () => {
    const refused = expect.objectContaining({ code: 'CHROMARAY_COLORIZER_TRAINING_OPTION' });
    expect(() => deoldify({ factor: 0.1, encoderChannels: 8 })).toThrow(refused);
    for (const encoderChannels of [8, 16, 64]) {
      const factors = [0.05, 0.1, 0.15, 0.2, 0.25, 0.35, 0.5];
      const allowed = factors.filter((factor) => {
        try {
          return deoldify({ factor, encoderChannels }) !== undefined;
        } catch {
          return false;
        }
      });
      // Whatever is allowed can be built.
      deoldify({ factor: allowed[0]!, encoderChannels }).form(64, 1, answer, 'pixels');
    }
  });
});
