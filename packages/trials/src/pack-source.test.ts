import { memoryPack } from '@chromaray/imaging';
import { describe, expect, it } from 'vitest';
import { packSource } from './pack-source.js';

const labels = Uint8Array.from([0, 1, 1]);
const weights = [3, 0.5];

async function read(source: ReturnType<typeof packSource>, ...indices: number[]) {
  const size = source.shape[0] * source.shape[1] * source.shape[2];
  const into = {
    pixels: new Uint8Array(indices.length * size),
    targets: new Float32Array(indices.length * source.targetSize),
    weights: new Float32Array(indices.length),
  };
  await source.read(Int32Array.from(indices), into, { epoch: 0, batch: 0 });
  return { pixels: [...into.pixels], targets: [...into.targets], weights: [...into.weights] };
}

describe('packSource', () => {
  it('reads images in the order asked for, with the label and the class weight of each', async () => {
    const gray = (start: number) => ({ width: 2, height: 1, data: Uint8Array.of(start, start + 1) });
    const pack = memoryPack([10, 20, 30].map((start) => ({ id: String(start), image: gray(start) })));
    const source = packSource(pack, labels, weights);
    expect([source.count, source.shape, source.targetSize]).toEqual([3, [1, 1, 2], 1]);
    expect(await read(source, 2, 0, 2)).toEqual({
      pixels: [30, 31, 10, 11, 30, 31],
      targets: [1, 0, 1],
      weights: [0.5, 3, 0.5],
    });
  });

  it('gives one number a class where there are several, of which that of the label is 1', async () => {
    const pack = memoryPack(
      [10, 20, 30].map((id) => ({ id: `${id}`, image: { width: 1, height: 1, data: Uint8Array.of(id) } })),
    );
    const source = packSource(pack, Uint8Array.of(2, 0, 1), [1, 2, 4]);
    expect(source.targetSize).toBe(3);
    expect(await read(source, 0, 1, 2)).toMatchObject({
      targets: [0, 0, 1, 1, 0, 0, 0, 1, 0],
      weights: [4, 1, 2],
    });
  });

  it('separates the channels of colour images', async () => {
    const image = (start: number) => ({
      width: 2,
      height: 1,
      channels: 3 as const,
      data: Uint8Array.from({ length: 6 }, (_, i) => start + i),
    });
    const pack = memoryPack([0, 10, 20].map((start) => ({ id: String(start), image: image(start) })));
    const source = packSource(pack, labels, weights);
    expect(source.shape).toEqual([3, 1, 2]);
    expect((await read(source, 1, 0)).pixels).toEqual([10, 13, 11, 14, 12, 15, 0, 3, 1, 4, 2, 5]);
  });
});
