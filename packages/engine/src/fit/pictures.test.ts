import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { addInput } from '../layers/input-transform.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import { predict } from '../prediction/predictor.js';
import type { BatchPlace, ExampleSource, TrainableModel } from '../training/types.js';
import { withPictureSize } from '../training/with-picture-size.js';
import { arraySource } from './array-source.js';
import { fit } from './fit.js';
import type { FitOptions } from './fit-types.js';

/** One convolution from gray to three channels. */
function tinyColorizer(size: number): TrainableModel {
  const network = new NetworkBuilder('tiny colorizer', 3);
  const input = addInput(network, { kind: 'gray' }, { height: size, width: size });
  return network.finishAs(network.convolution(input, { name: 'only', filters: 3, kernel: 1 }), 'picture');
}

/** Pictures that the caller draws for each batch of each epoch; red is the gray value, green half of it, blue its opposite. */
function drawn(size: number, places: BatchPlace[] = []): ExampleSource {
  const area = size * size;
  return {
    count: 12,
    shape: [1, size, size],
    targetSize: 3 * area,
    read: async (indices, into, at) => {
      places.push(at);
      const random = new Random('drawn').fork(at.epoch).fork(at.batch);
      for (let example = 0; example < indices.length; example++) {
        for (let i = 0; i < area; i++) {
          const gray = random.int(256);
          into.pixels[example * area + i] = gray;
          const colours = [gray / 255, gray / 510, 1 - gray / 255];
          for (const [c, value] of colours.entries()) into.targets[(example * 3 + c) * area + i] = value;
        }
      }
    },
  };
}

const options: FitOptions = {
  loss: { kind: 'l1' },
  optimizer: { kind: 'adam' },
  learningRate: 0.05,
  batch: 4,
  epochs: 40,
  seed: 1,
  threads: 1,
};

describe('a training on pictures that the caller makes', () => {
  it('learns them, at a second size with the same tensors too', async () => {
    const validation = arraySource({
      shape: [1, 4, 4],
      pixels: new Uint8Array(16).fill(51),
      targets: [0.2, 0.1, 0.8].flatMap((value) => new Array<number>(16).fill(value)),
      targetSize: 48,
    });
    const network = tinyColorizer(4);
    const { model, history } = await fit({ model: network, train: drawn(4), validation, options });
    expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss / 4);
    expect(history.at(-1)!.validationLoss).toBeLessThan(0.05);
    expect(history[0]!.accuracy).toBeNaN();

    const larger = withPictureSize({ ...network, model }, { height: 6, width: 6 });
    expect(larger.model.graph.outputs[0]!.shape).toEqual(['batch', 3, 6, 6]);
    const [epoch] = (await fit({ model: larger, train: drawn(6), options: { ...options, epochs: 1 } })).history;
    expect(epoch!.loss).toBeLessThan(history[0]!.loss / 4);
    const colours = await predict(
      larger.model,
      arraySource({ shape: [1, 6, 6], pixels: new Uint8Array(36).fill(255) }),
    );
    expect(Math.abs(colours[0]! - 1)).toBeLessThan(0.1);
    expect(Math.abs(colours[107]!)).toBeLessThan(0.1);
  });

  it('says of every batch which it is, and resumes with the examples it would have met', async () => {
    const places: BatchPlace[] = [];
    const whole = await fit({ model: tinyColorizer(4), train: drawn(4, places), options: { ...options, epochs: 3 } });
    expect(places.map(({ epoch, batch }) => [epoch, batch])).toEqual(
      [1, 2, 3].flatMap((epoch) => [0, 1, 2].map((batch) => [epoch, batch])),
    );
    const checkpoint = { folder: mkdtempSync(path.join(tmpdir(), 'pictures-')) };
    await fit({ model: tinyColorizer(4), train: drawn(4), options: { ...options, epochs: 2, checkpoint } });
    const resumed = await fit({
      model: tinyColorizer(4),
      train: drawn(4),
      options: { ...options, epochs: 3, checkpoint },
    });
    expect(resumed.resumedFrom).toBe(2);
    expect(resumed.model.graph.initializers).toEqual(whole.model.graph.initializers);
  });

  it('refuses targets that are not as large as what the network makes', async () => {
    const train = { ...drawn(4), targetSize: 16 };
    await expect(fit({ model: tinyColorizer(4), train, options })).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_DATA',
      message: expect.stringContaining('targets of 16 numbers') as string,
    });
  });

  it('refuses another size where a layer is tied to its own', () => {
    const network = new NetworkBuilder('dense', 1);
    const input = addInput(network, { kind: 'gray' }, { height: 4, width: 4 });
    const dense = network.finish(network.dense(network.flatten(input), 1, { name: 'output' }));
    expect(() => withPictureSize(dense, { height: 6, width: 6 })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_GRAPH_SHAPE' }) as Error,
    );
  });
});
