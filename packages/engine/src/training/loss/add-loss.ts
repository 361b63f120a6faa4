import type { GraphWriter } from '../../graph/graph-writer.js';
import { reshape } from '../../ops/emit.js';
import type { ElementLoss } from './types.js';

/** Values of a training-step graph that the loss is made of. */
export interface LossInputs {
  /** float32 [n, ...], K elements an example. */
  readonly logits: string;
  /** float32 [n, ...] of as many elements, or a scalar: the same target everywhere. */
  readonly targets: string;
  /** float32 [n]. */
  readonly weights: string;
}

export interface LossNodes {
  /** Scalar: `sum(weight * loss) / n`. */
  readonly loss: string;
  /** The gradient of that scalar with respect to the logits, of their sizes. */
  readonly gradient: string;
}

/**
 * Adds a loss and, in closed form, its gradient with respect to the logits. The closed forms (`sigmoid - t`,
 * `softmax - t`) have no branch and no division, so they stay exact where the chain of logarithm and
 * exponential would not.
 */
export function addLoss(builder: GraphWriter, loss: ElementLoss, inputs: LossInputs): LossNodes {
  const dims = builder.shape(inputs.logits);
  const examples = dims[0]!;
  const elements = dims.slice(1).reduce((a, b) => a * b, 1);
  // Classes at each place of a map, or as many elements as an example has.
  const classes = loss.kind === 'categorical-cross-entropy' ? loss.classes : undefined;
  const sizes = classes === undefined ? [examples, elements] : [examples, classes, elements / classes];
  const ones = sizes.slice(1).map(() => 1);
  const perExample = builder.node('Reshape', [inputs.weights, builder.ints([examples, ...ones])]);
  const scale = builder.node('Mul', [perExample, builder.floats(1 / examples)]);
  const isSame = builder.shape(inputs.targets).length === 0;
  const shaped = {
    logits: reshape(builder, inputs.logits, sizes),
    targets: isSame ? inputs.targets : reshape(builder, inputs.targets, sizes),
  };
  const { value, gradient } = elementLoss(builder, loss, shaped, sizes);
  const axes = builder.ints(sizes.map((_, axis) => axis));
  return {
    loss: builder.node('ReduceSum', [builder.node('Mul', [value, scale]), axes], { keepdims: 0 }),
    gradient: reshape(builder, builder.node('Mul', [gradient, scale]), dims),
  };
}

/** Loss of each example, to be summed, and its gradient, of these sizes: [n, K], or [n, classes, places]. */
function elementLoss(
  builder: GraphWriter,
  loss: ElementLoss,
  { logits, targets }: Omit<LossInputs, 'weights'>,
  sizes: readonly number[],
) {
  const [, classes, places = 1] = sizes as [number, number, number?];
  switch (loss.kind) {
    case 'binary-cross-entropy':
      return binaryCrossEntropy(builder, logits, smooth(builder, targets, loss.labelSmoothing, 2), classes);
    case 'categorical-cross-entropy':
      return categoricalCrossEntropy(builder, logits, smooth(builder, targets, loss.labelSmoothing, classes), places);
    case 'mean-squared-error':
      return meanSquaredError(builder, logits, targets, classes);
    case 'l1':
      return absoluteError(builder, logits, targets, classes);
    case 'huber':
      return huber(builder, logits, targets, loss.delta ?? 1, classes);
  }
}

function smooth(builder: GraphWriter, targets: string, smoothing: number | undefined, classes: number): string {
  if (smoothing === undefined || smoothing === 0) return targets;
  const shrunk = builder.node('Mul', [targets, builder.floats(1 - smoothing)]);
  return builder.node('Add', [shrunk, builder.floats(smoothing / classes)]);
}

/** `max(z, 0) - z*t + log(1 + exp(-|z|))`, averaged over the outputs. */
function binaryCrossEntropy(builder: GraphWriter, z: string, t: string, classes: number) {
  const negative = builder.node('Neg', [builder.node('Abs', [z])]);
  const tail = builder.node('Log', [builder.node('Add', [builder.node('Exp', [negative]), builder.floats(1)])]);
  const linear = builder.node('Sub', [builder.node('Relu', [z]), builder.node('Mul', [z, t])]);
  const gradient = builder.node('Sub', [builder.node('Sigmoid', [z]), t]);
  return {
    value: times(builder, builder.node('Add', [linear, tail]), 1 / classes),
    gradient: times(builder, gradient, 1 / classes),
  };
}

/** `sum_k t_k * (max(z) + log(sum(exp(z - max(z)))) - z_k)`, averaged over the places. */
function categoricalCrossEntropy(builder: GraphWriter, z: string, t: string, places: number) {
  const logSoftmax = builder.node('LogSoftmax', [z], { axis: 1 });
  const total = builder.node('ReduceSum', [t, builder.ints([1])], { keepdims: 1 });
  const softmax = builder.node('Softmax', [z], { axis: 1 });
  return {
    value: times(builder, builder.node('Neg', [builder.node('Mul', [t, logSoftmax])]), 1 / places),
    gradient: times(builder, builder.node('Sub', [builder.node('Mul', [softmax, total]), t]), 1 / places),
  };
}

function meanSquaredError(builder: GraphWriter, z: string, t: string, classes: number) {
  const difference = builder.node('Sub', [z, t]);
  return {
    value: times(builder, builder.node('Mul', [difference, difference]), 1 / classes),
    gradient: times(builder, difference, 2 / classes),
  };
}

function absoluteError(builder: GraphWriter, z: string, t: string, elements: number) {
  const difference = builder.node('Sub', [z, t]);
  return {
    value: times(builder, builder.node('Abs', [difference]), 1 / elements),
    gradient: times(builder, builder.node('Sign', [difference]), 1 / elements),
  };
}

/** With `c` the difference cut off at +-delta: `c (d - c/2)`, whose slope is `c`. */
function huber(builder: GraphWriter, z: string, t: string, delta: number, elements: number) {
  const difference = builder.node('Sub', [z, t]);
  const cut = builder.node('Clip', [difference, builder.floats(-delta), builder.floats(delta)]);
  const rest = builder.node('Sub', [difference, builder.node('Mul', [cut, builder.floats(0.5)])]);
  return {
    value: times(builder, builder.node('Mul', [cut, rest]), 1 / elements),
    gradient: times(builder, cut, 1 / elements),
  };
}

function times(builder: GraphWriter, value: string, factor: number): string {
  return factor === 1 ? value : builder.node('Mul', [value, builder.floats(factor)]);
}
