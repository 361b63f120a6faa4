/** What a colorizing network costs beyond the bare ONNX Runtime session that runs it. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Random } from '@chromaray/base';
import { addColorizer, openColorizer } from '@chromaray/colour';
import { floatTensor, GraphBuilder, OnnxRunner, saveModel } from '@chromaray/engine';
import { decodeGray, type GrayImage } from '@chromaray/imaging';
import { median } from '../measurement.js';

export interface ColorizerSpeed {
  readonly contract: string;
  readonly side: number;
  readonly images: number;
  /** Seconds a picture: medians over rounds in which both take turns. */
  readonly bare: number;
  readonly colorizer: number;
  /** Median, lowest and highest of the rounds' ratios of seconds. */
  readonly ratio: readonly [number, number, number];
  /** Of processor time, which counts on a machine that has other work. */
  readonly processorRatio: readonly [number, number, number];
}

interface Contender {
  readonly contract: 'deoldify-raw' | 'ddcolor';
  readonly outputs: 2 | 3;
  readonly side: number;
  /** Channels of the network's layers; sets what it costs. */
  readonly width: number;
}

/** Networks of a cost like that of the real ones, whose weights are not needed for that. */
export const contenders: readonly Contender[] = [
  { contract: 'deoldify-raw', outputs: 3, side: 560, width: 96 },
  { contract: 'ddcolor', outputs: 2, side: 512, width: 64 },
];

export async function measureColorizer(
  pictures: string,
  contender: Contender,
  rounds: number,
): Promise<ColorizerSpeed> {
  const { contract, side } = contender;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-bench-'));
  try {
    const file = writeNetwork(path.join(folder, 'network.onnx'), contender);
    await addColorizer(file, { contract, name: contract, folder: path.join(folder, 'installed') });
    const images = await loadPictures(pictures, 4);
    const runner = await OnnxRunner.load(file);
    const colorizer = await openColorizer(contract, {
      folder: path.join(folder, 'installed'),
      renderFactor: side / 16,
    });
    const data = new Float32Array(3 * side * side).fill(0.5);
    const bare = async (): Promise<void> => {
      for (const _ of images) await runner.run({ input: { data, dims: [1, 3, side, side] } }, ['output']);
    };
    await bare();
    await colorizer.colorize(images.slice(0, 2));
    const bareTimes: Time[] = [];
    const colorizerTimes: Time[] = [];
    for (let round = 0; round < rounds; round++) {
      bareTimes.push(await timeOf(bare));
      colorizerTimes.push(await timeOf(() => colorizer.colorize(images)));
    }
    const spread = (of: (time: Time) => number): readonly [number, number, number] => {
      const ratios = colorizerTimes.map((time, round) => of(time) / of(bareTimes[round]!)).sort((a, b) => a - b);
      return [median(ratios), ratios[0]!, ratios.at(-1)!];
    };
    await colorizer.release();
    await runner.release();
    return {
      contract,
      side,
      images: images.length,
      bare: median(bareTimes.map(({ seconds }) => seconds)) / images.length,
      colorizer: median(colorizerTimes.map(({ seconds }) => seconds)) / images.length,
      ratio: spread(({ seconds }) => seconds),
      processorRatio: spread(({ processor }) => processor),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Time {
  readonly seconds: number;
  readonly processor: number;
}

async function timeOf(work: () => Promise<unknown>): Promise<Time> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
}

async function loadPictures(folder: string, count: number): Promise<GrayImage[]> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.jpe?g$/i.test(name));
  return Promise.all(names.slice(0, count).map((name) => decodeGray(path.join(folder, name))));
}

/** Convolutions down to a quarter of the side and up again, as in a U-Net. */
function writeNetwork(file: string, { outputs, width }: Contender): string {
  const builder = new GraphBuilder('colorizer of the usual cost', 17);
  const random = new Random(file.length);
  const conv = (input: string, from: number, to: number, stride: number): string => {
    const count = to * from * 9;
    const values = Float32Array.from({ length: count }, () => random.normal() / Math.sqrt(from * 9));
    const weights = builder.constant(`w${from}-${to}-${input}`, floatTensor([to, from, 3, 3], values));
    return builder.node('Conv', [input, weights], {
      kernel_shape: [3, 3],
      pads: [1, 1, 1, 1],
      strides: [stride, stride],
    });
  };
  const relu = (input: string): string => builder.node('Relu', [input]);
  const scales = builder.floats([1, 1, 2, 2], [4]);
  const larger = (input: string): string => builder.node('Resize', [input, '', scales], { mode: 'nearest' });
  let at = builder.input('input', 'float32', [1, 3, 'height', 'width']);
  at = relu(conv(at, 3, width / 2, 1));
  at = relu(conv(at, width / 2, width, 2));
  at = relu(conv(at, width, width, 1));
  at = relu(conv(at, width, 2 * width, 2));
  for (let i = 0; i < 4; i++) at = relu(conv(at, 2 * width, 2 * width, 1));
  at = relu(conv(larger(at), 2 * width, width, 1));
  at = relu(conv(larger(at), width, width / 2, 1));
  const last = conv(at, width / 2, outputs, 1);
  const scale = builder.floats([outputs === 3 ? 100 : 60], [1]);
  const shift = builder.floats([outputs === 3 ? 128 : 0], [1]);
  const squashed = builder.node('Tanh', [last]);
  builder.output(builder.node('Add', [builder.node('Mul', [squashed, scale]), shift], {}, { outputs: ['output'] }));
  saveModel(file, {
    graph: builder.build(),
    opsets: new Map([['', 17]]),
    irVersion: 8,
    producer: 'bench',
    metadata: new Map(),
  });
  return file;
}
