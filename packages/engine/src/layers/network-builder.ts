import { Random } from '@chromaray/base';
import { GraphBuilder } from '../builder/builder.js';
import { defaultOpset } from '../graph/opset.js';
import type { Tensor } from '../graph/types.js';
import type { Constraint, SpectralNorm, TrainableModel } from '../training/types.js';
import { type Initializer, initialWeights } from './initializers.js';
import { firstVectors } from './spectral-vectors.js';

/** What layers with weights share: name, initial values, penalty and constraint. */
export interface LayerOptions {
  readonly name: string;
  /** Default: Glorot uniform, as in Keras. */
  readonly initializer?: Initializer;
  /** L2 strength on the weights, not on the biases. */
  readonly l2?: number;
  readonly constraint?: Constraint;
  /** Whether the weights are divided by their largest singular value (Miyato 2018). Default: false. */
  readonly spectralNorm?: boolean;
}

/** A 2-D convolution with a square kernel. */
export interface ConvolutionOptions extends LayerOptions {
  readonly filters: number;
  readonly kernel: number;
  readonly stride?: number;
  /**
   * Default: `valid` (no padding); `same` pads by half the kernel on every side; `same-upper` is what Keras and
   * TensorFlow call "same": as much as the stride needs, the odd one at the end; a number pads by so many pixels.
   */
  readonly padding?: 'valid' | 'same' | 'same-upper' | number;
  /** Every channel is convolved by itself: one filter a channel, and `filters` is not looked at. */
  readonly depthwise?: boolean;
  /** Channels are convolved in so many groups, each by itself. Default: 1. */
  readonly groups?: number;
  /** Pixels from one element of the kernel to the next. Default: 1. */
  readonly dilation?: number;
  /** Default: true. */
  readonly bias?: boolean;
  /** Initial weights [filters, channels, kernel, kernel] in place of an `initializer`'s. */
  readonly weights?: (dims: readonly number[], random: Random) => Tensor;
}

/**
 * Puts layers one after another on an ONNX graph and keeps account of what training must know of them:
 * which tensors are trained, their L2 strength and constraints. Values are named by string, as in the graph.
 */
export class NetworkBuilder {
  readonly graph: GraphBuilder;
  private readonly random: Random;
  private readonly trainable: string[] = [];
  private readonly l2 = new Map<string, number>();
  private readonly constraints = new Map<string, Constraint>();
  private readonly spectralNorms: SpectralNorm[] = [];
  private readonly channelDropouts: string[] = [];
  /** Operator sets of other domains, for networks that use them. */
  readonly domains = new Map<string, number>();

  /** @param opset operator set of the graph. Default: 17 */
  constructor(
    name: string,
    seed: number | string,
    readonly opset: number = defaultOpset,
  ) {
    this.graph = new GraphBuilder(name, opset);
    this.random = new Random(seed).fork('weights');
  }

  /** 2-D convolution of an NCHW value. */
  convolution(input: string, options: ConvolutionOptions): string {
    const { name, kernel, stride = 1, padding = 'valid', bias = true, depthwise = false } = options;
    const channels = this.sizes(input)[1]!;
    const filters = depthwise ? channels : options.filters;
    const { groups = depthwise ? channels : 1, dilation = 1 } = options;
    const kernels = this.kernels(`${name}/kernel`, [filters, channels / groups, kernel, kernel], options);
    const weight = options.spectralNorm === true ? this.spectralNorm(kernels) : kernels;
    const inputs = [input, weight, ...(bias ? [this.trained(`${name}/bias`, zeros([filters]))] : [])];
    const pad = typeof padding === 'number' ? padding : padding === 'same' ? (kernel - 1) / 2 : 0;
    const pads = padding === 'same-upper' ? { auto_pad: 'SAME_UPPER' } : { pads: [pad, pad, pad, pad] };
    const group = groups === 1 && !depthwise ? {} : { group: groups };
    const dilated = dilation === 1 ? {} : { dilations: [dilation, dilation] };
    const window = { kernel_shape: [kernel, kernel], strides: [stride, stride], ...pads };
    return this.graph.node('Conv', inputs, { ...window, ...group, ...dilated }, { name });
  }

  /** Fully connected layer on a value of shape [batch, features]. */
  dense(input: string, units: number, options: LayerOptions & { readonly bias?: boolean }): string {
    const features = this.sizes(input)[1]!;
    const kernel = this.weight(`${options.name}/kernel`, [features, units], options);
    const weight = options.spectralNorm === true ? this.spectralNorm(kernel, 1) : kernel;
    const bias = options.bias === false ? [] : [this.trained(`${options.name}/bias`, zeros([units]))];
    return this.graph.node('Gemm', [input, weight, ...bias], {}, { name: options.name });
  }

  /**
   * Keras's epsilon, and a momentum of 0.9: short trainings need statistics that follow within an epoch.
   *
   * @param epsilon - default 1e-3; PyTorch's is 1e-5
   */
  batchNorm(input: string, name: string, epsilon = 1e-3): string {
    const channels = [this.sizes(input)[1]!];
    return this.graph.node(
      'BatchNormalization',
      [
        input,
        this.trained(`${name}/scale`, ones(channels)),
        this.trained(`${name}/bias`, zeros(channels)),
        this.graph.constant(`${name}/mean`, zeros(channels)),
        this.graph.constant(`${name}/variance`, ones(channels)),
      ],
      { epsilon: { float: epsilon }, momentum: { float: 0.9 } },
      { name },
    );
  }

  /** Rectified linear unit, max(x, 0). */
  relu(input: string): string {
    return this.graph.node('Relu', [input]);
  }

  /** Maximum over windows of `size` x `size` pixels that do not overlap. */
  maxPool(input: string, size = 2): string {
    return this.graph.node('MaxPool', [input], { kernel_shape: [size, size], strides: [size, size] });
  }

  /** In training, sets a share `ratio` of channels to 0, each example's by itself, and scales up the rest: PyTorch's `Dropout2d`. */
  dropoutChannels(input: string, ratio: number): string {
    const output = this.dropout(input, ratio);
    this.channelDropouts.push(output);
    return output;
  }

  /** In training, sets a share `ratio` of elements to 0 and scales up the rest; at inference, the identity. */
  dropout(input: string, ratio: number): string {
    return this.graph.node('Dropout', [input, this.graph.floats(ratio)]);
  }

  /** [batch, ...] to [batch, features]. */
  flatten(input: string): string {
    return this.graph.node('Flatten', [input], { axis: 1 });
  }

  /** Mean over height and width: [batch, channels, height, width] to [batch, channels]. */
  globalAveragePool(input: string): string {
    return this.flatten(this.graph.node('GlobalAveragePool', [input]));
  }

  /** ReLU cut off at 6, as MobileNet has it. */
  relu6(input: string): string {
    return this.graph.node('Clip', [input, this.graph.floats(0), this.graph.floats(6)]);
  }

  /** Sum of two values of equal shape, as residual connections need it. */
  add(a: string, b: string): string {
    return this.graph.node('Add', [a, b]);
  }

  /** Values of equal height and width beside each other, along their channels. */
  concat(...inputs: readonly string[]): string {
    return this.graph.node('Concat', inputs, { axis: 1 });
  }

  /** `x` above 0, `slope * x` below. */
  leakyRelu(input: string, slope: number): string {
    return this.graph.node('LeakyRelu', [input], { alpha: { float: slope } });
  }

  /** PyTorch's `PixelShuffle`: [batch, c*block*block, h, w] to [batch, c, h*block, w*block]. */
  pixelShuffle(input: string, block = 2): string {
    return this.graph.node('DepthToSpace', [input], { blocksize: block, mode: 'CRD' });
  }

  /** Repeats the outermost rows and columns: PyTorch's `ReplicationPad2d`, whose order is left, right, top, bottom. */
  padEdge(input: string, [left, right, top, bottom]: readonly [number, number, number, number]): string {
    return this.graph.node('Pad', [input, this.graph.ints([0, 0, top, left, 0, 0, bottom, right])], { mode: 'edge' });
  }

  /** Mean over windows of `size` x `size` pixels that begin `stride` apart. */
  averagePool(input: string, size: number, stride: number = size): string {
    return this.graph.node('AveragePool', [input], { kernel_shape: [size, size], strides: [stride, stride] });
  }

  /** Each pixel as a square of `factor` x `factor`. */
  upsampleNearest(input: string, factor = 2): string {
    const scales = this.graph.floats([1, 1, factor, factor]);
    const exact = { coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
    return this.graph.node('Resize', [input, '', scales], { mode: 'nearest', ...exact });
  }

  /**
   * A weight divided by its largest singular value, as PyTorch's `torch.nn.utils.spectral_norm` has it; see `SpectralNorm`.
   * The vectors begin at random and take 15 iterations here, as in `torch.nn.utils.parametrizations.spectral_norm`.
   *
   * @param weight - a tensor of this network
   * @param axis - the axis of its outputs: 0 of a convolution, 1 of a transposed one and of a dense layer
   */
  spectralNorm(weight: string, axis: 0 | 1 = 0): string {
    const { graph } = this;
    const dims = graph.shape(weight);
    const outputs = dims[axis]!;
    const rest = dims.reduce((a, b) => a * b, 1) / outputs;
    const perm = [axis, ...dims.map((_, i) => i).filter((i) => i !== axis)];
    const first = axis === 0 ? weight : graph.node('Transpose', [weight], { perm });
    const matrix = graph.node('Reshape', [first, graph.ints([outputs, rest])]);
    const begun = firstVectors(graph.constantValue(weight)!, axis, this.random.fork(`${weight}/vectors`));
    const left = graph.constant(`${weight}/left`, { dtype: 'float32', dims: [1, outputs], data: begun.left });
    const right = graph.constant(`${weight}/right`, { dtype: 'float32', dims: [rest, 1], data: begun.right });
    this.spectralNorms.push({ weight, matrix, left, right });
    const sigma = graph.node('MatMul', [left, graph.node('MatMul', [matrix, right])]);
    return graph.node('Div', [weight, sigma]);
  }

  /** A tensor that training changes. */
  trained(name: string, tensor: Tensor): string {
    this.trainable.push(name);
    return this.graph.constant(name, tensor);
  }

  /** A trained tensor with random initial values, which depend on the seed and its name only. */
  weight(name: string, dims: readonly number[], options: Omit<LayerOptions, 'name'>): string {
    const { initializer = 'glorot-uniform', l2, constraint } = options;
    if (l2 !== undefined) this.l2.set(name, l2);
    if (constraint !== undefined) this.constraints.set(name, constraint);
    return this.trained(name, initialWeights(initializer, dims, this.random.fork(name)));
  }

  private kernels(name: string, dims: readonly number[], options: ConvolutionOptions): string {
    if (options.weights === undefined) return this.weight(name, dims, options);
    return this.trained(name, options.weights(dims, this.random.fork(name)));
  }

  /**
   * Ends the network: the probability is the sigmoid of one logit, the probabilities are the softmax of several, unless
   * they are computed otherwise.
   */
  finish(logits: string, probability?: string): TrainableModel {
    const { graph } = this;
    const outputs = { outputs: ['probability'] };
    const output =
      probability !== undefined
        ? graph.node('Identity', [probability], {}, outputs)
        : graph.type(logits).shape.at(-1) === 1
          ? graph.node('Sigmoid', [logits], {}, outputs)
          : graph.node('Softmax', [logits], { axis: 1 }, outputs);
    return this.finished(logits, output);
  }

  /**
   * Ends a network that makes a picture, or anything else that is compared with a target of its own sizes.
   *
   * @param value - what the loss is taken on and what the model gives
   * @param name - what the model's output is called
   */
  finishAs(value: string, name: string): TrainableModel {
    return this.finished(value, this.graph.node('Identity', [value], {}, { outputs: [name] }));
  }

  private finished(logits: string, output: string): TrainableModel {
    const { graph } = this;
    graph.output(output);
    return {
      model: {
        graph: graph.build(),
        opsets: new Map([['', this.opset], ...this.domains]),
        irVersion: 8,
        producer: 'chromaray',
        metadata: new Map(),
      },
      logits,
      trainable: this.trainable,
      l2: this.l2,
      constraints: this.constraints,
      ...(this.spectralNorms.length === 0 ? {} : { spectralNorms: this.spectralNorms }),
      ...(this.channelDropouts.length === 0 ? {} : { channelDropouts: this.channelDropouts }),
    };
  }

  private sizes(value: string): readonly number[] {
    return this.graph.type(value).shape.map((dim) => (typeof dim === 'number' ? dim : Number.NaN));
  }
}

function zeros(dims: readonly number[]): Tensor {
  return { dtype: 'float32', dims, data: new Float32Array(dims.reduce((a, b) => a * b, 1)) };
}

function ones(dims: readonly number[]): Tensor {
  return { dtype: 'float32', dims, data: new Float32Array(dims.reduce((a, b) => a * b, 1)).fill(1) };
}
