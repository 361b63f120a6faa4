import path from 'node:path';
import { sha256File } from '@chromaray/base';
import { type ColorizerFile, type ContractName, contracts } from '@chromaray/colour';
import { floatTensor, GraphBuilder, saveModel } from '@chromaray/engine';

/** A network whose output is known in closed form: its input (the first channel, where their numbers differ) by `scale`. */
export interface SmallNetwork {
  /** `identity`: scale only; `constant`: the constants alone; `position`: scale, and a pattern times `ramp`. */
  readonly kind: 'identity' | 'constant' | 'position';
  readonly inputChannels: number;
  readonly channels: number;
  readonly scale: readonly number[];
  readonly constant: readonly number[];
  readonly ramp: number;
  /** The side of the square; fixed in the file when `fixed`. */
  readonly side: number;
  readonly fixed?: boolean;
  readonly input?: string;
  readonly output?: string;
}

/** Writes a small network as an ONNX file. */
export function writeNetwork(file: string, network: SmallNetwork): string {
  const { channels, side } = network;
  const sides = network.fixed ? [side, side] : ['height', 'width'];
  const builder = new GraphBuilder('small colorizer', 17);
  const input = builder.input(network.input ?? 'input', 'float32', [1, network.inputChannels, ...sides]);
  const index = builder.constant('first', { dtype: 'int64', dims: [1], data: BigInt64Array.of(0n) });
  const used = network.inputChannels === channels ? input : builder.node('Gather', [input, index], { axis: 1 });
  const scale = builder.floats(network.kind === 'constant' ? network.scale.map(() => 0) : network.scale, [
    1,
    channels,
    1,
    1,
  ]);
  const scaled = builder.node('Mul', [used, scale]);
  const added = builder.constant('added', floatTensor(...addedValues(network)));
  builder.output(builder.node('Add', [scaled, added], {}, { outputs: [network.output ?? 'output'] }));
  saveModel(file, {
    graph: builder.build(),
    opsets: new Map([['', 17]]),
    irVersion: 8,
    producer: 'test',
    metadata: new Map(),
  });
  return file;
}

function addedValues({ kind, constant, channels, side, ramp }: SmallNetwork): [number[], number[]] {
  if (kind === 'identity') return [[1, channels, 1, 1], constant.map(() => 0)];
  if (kind === 'constant') return [[1, channels, 1, 1], [...constant]];
  const values = Array.from({ length: channels * side * side }, (_, i) => {
    const [channel, row, column] = [Math.floor(i / (side * side)), Math.floor(i / side) % side, i % side];
    return ((column * 7 + row * 3 + channel * 11) % 32) * Math.fround(ramp);
  });
  return [[1, channels, side, side], values];
}

/** A small network that does what its contract says: constant colours. */
export function wellBehaved(contract: ContractName, change: Partial<SmallNetwork> = {}): SmallNetwork {
  const { input, output } = contracts[contract];
  const constant = { levels: [180, 121, 60], imagenet: [0.9, -0.3, -1.1], chroma: [25, -31], uv: [-35, 42] }[
    output.values
  ];
  return {
    kind: 'constant',
    inputChannels: input.channels,
    channels: output.channels,
    scale: constant.map(() => 1),
    constant,
    ramp: 1,
    side: 32,
    ...change,
  };
}

/** Writes a network and pins it, as `addColorizer` would. */
export async function pinnedNetwork(
  folder: string,
  contract: ContractName,
  network: SmallNetwork,
): Promise<ColorizerFile> {
  const file = writeNetwork(path.join(folder, `${contract}-${network.kind}.onnx`), network);
  return { name: contract, file, sha256: await sha256File(file), contract, tensors: contracts[contract].tensors };
}
