import type { Initializer } from '../../layers/initializers.js';
import type { NetworkBuilder } from '../../layers/network-builder.js';

/** A convolution with PyTorch's names and sizes. */
export interface TorchConvolution {
  readonly filters: number;
  readonly kernel: number;
  readonly stride?: number;
  /** Pixels on every side. Default: half the kernel, rounded down. */
  readonly padding?: number;
  /** Default: 1; `channels` where every channel is convolved by itself. */
  readonly groups?: number;
  /** Default: false. */
  readonly bias?: boolean;
  /** How its weights begin. */
  readonly weights: Initializer;
}

/**
 * Layers as `torch.nn` has them, under the names of a PyTorch state dictionary (`layer1.0.conv1.weight`) and with its
 * order of axes, so that the weights of a file are found by name and need no turning.
 */
export class TorchLayers {
  constructor(readonly network: NetworkBuilder) {}

  /** `Conv2d`, [filters, channels / groups, kernel, kernel]. */
  convolution(input: string, name: string, options: TorchConvolution): string {
    const { filters, kernel, stride = 1, groups = 1, weights, bias = false } = options;
    const pad = options.padding ?? Math.floor(kernel / 2);
    const dims = [filters, this.size(input, 1) / groups, kernel, kernel];
    const inputs = [input, this.network.weight(`${name}.weight`, dims, { initializer: weights })];
    if (bias) inputs.push(this.filled(`${name}.bias`, [filters], 0));
    const window = { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: [pad, pad, pad, pad] };
    return this.network.graph.node('Conv', inputs, { ...window, group: groups }, { name });
  }

  /** `BatchNorm2d`: epsilon 1e-5; running statistics move by a tenth of each batch's. */
  batchNorm(input: string, name: string): string {
    const { graph } = this.network;
    const dims = [this.size(input, 1)];
    const running = (part: string, value: number) => graph.constant(`${name}.${part}`, full(dims, value));
    const trained = [this.filled(`${name}.weight`, dims, 1), this.filled(`${name}.bias`, dims, 0)];
    const inputs = [input, ...trained, running('running_mean', 0), running('running_var', 1)];
    return graph.node('BatchNormalization', inputs, { epsilon: { float: 1e-5 }, momentum: { float: 0.9 } }, { name });
  }

  /** `LayerNorm` over the last axis. */
  layerNorm(input: string, name: string, epsilon = 1e-6): string {
    const dims = [this.size(input, -1)];
    const inputs = [input, this.filled(`${name}.weight`, dims, 1), this.filled(`${name}.bias`, dims, 0)];
    return this.network.graph.node('LayerNormalization', inputs, { axis: -1, epsilon: { float: epsilon } }, { name });
  }

  /** `Linear` over the last axis of a value of any rank, [units, features], normal weights and biases of 0. */
  linear(input: string, name: string, units: number, deviation: number): string {
    const { graph } = this.network;
    const dims = [units, this.size(input, -1)];
    const weight = this.network.weight(`${name}.weight`, dims, { initializer: { normal: deviation } });
    const product = graph.node('MatMul', [input, graph.node('Transpose', [weight], { perm: [1, 0] })], {}, { name });
    return graph.node('Add', [product, this.filled(`${name}.bias`, [units], 0)]);
  }

  /** `SiLU`: x times its sigmoid. */
  silu(input: string): string {
    const { graph } = this.network;
    return graph.node('Mul', [input, graph.node('Sigmoid', [input])]);
  }

  /** `GELU`, exact: x times the normal distribution function. */
  gelu(input: string): string {
    const { graph } = this.network;
    const erf = graph.node('Erf', [graph.node('Mul', [input, graph.floats(Math.SQRT1_2)])]);
    const half = graph.node('Mul', [input, graph.floats(0.5)]);
    return graph.node('Mul', [half, graph.node('Add', [erf, graph.floats(1)])]);
  }

  /** `MaxPool2d(3, stride 2, padding 1)`, as it follows the first convolution of several networks. */
  stemPool(input: string): string {
    const window = { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] };
    return this.network.graph.node('MaxPool', [input], window);
  }

  /** Mean over height and width, [batch, channels], under the name that transfer calls it by. */
  features(input: string): string {
    const { graph } = this.network;
    const pooled = graph.node('GlobalAveragePool', [input]);
    return graph.node('Flatten', [pooled], { axis: 1 }, { outputs: ['features'] });
  }

  /** Axes in another order. */
  permute(input: string, perm: readonly number[]): string {
    return this.network.graph.node('Transpose', [input], { perm });
  }

  /** A trained tensor that begins with one number everywhere. */
  filled(name: string, dims: readonly number[], value: number): string {
    return this.network.trained(name, full(dims, value));
  }

  /** Size of a value's axis; counted from the end when negative. */
  size(value: string, axis: number): number {
    return this.network.graph.type(value).shape.at(axis) as number;
  }
}

/** Normal weights of variance 2 / fan-out: `kaiming_normal_(mode="fan_out")`, which counts fan-out without groups. */
export function fanOutNormal(filters: number, kernel: number): Initializer {
  return { normal: Math.sqrt(2 / (filters * kernel * kernel)) };
}

function full(dims: readonly number[], value: number) {
  return { dtype: 'float32', dims, data: new Float32Array(dims.reduce((a, b) => a * b, 1)).fill(value) } as const;
}
