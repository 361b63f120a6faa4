import { floatAttribute, intAttribute } from '../../../graph/attributes.js';
import type { GraphWriter } from '../../../graph/graph-writer.js';
import type { GraphNode } from '../../../graph/types.js';
import { emitFor } from './emit.js';

/** Whether a node normalises by the statistics of its own batch. */
export function isTrainingNorm(node: GraphNode): boolean {
  return node.opType === 'BatchNormalization' && node.domain === '' && intAttribute(node, 'training_mode', 0) === 1;
}

/**
 * `(x - mean) / sqrt(variance + epsilon) * scale + shift` with mean and variance over every axis but the
 * channels', and running statistics `old * momentum + new * (1 - momentum)`, as ONNX defines it from
 * operator set 14 on.
 */
export function lowerBatchNormalization(builder: GraphWriter, node: GraphNode): void {
  const [x, scale, shift, oldMean, oldVariance] = node.inputs as [string, string, string, string, string];
  const [y, newMean = '', newVariance = ''] = node.outputs as [string, string?, string?];
  const emit = emitFor(builder, node);
  const sizes = builder.shape(x);
  const others = sizes.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  const axes = builder.ints(others);
  const count = builder.floats(others.reduce((cells, axis) => cells * sizes[axis]!, 1));
  const onChannels = builder.ints(sizes.map((size, axis) => (axis === 1 ? size : 1)));
  const vector = builder.ints([sizes[1]!]);
  const mean = (value: string) => emit('Div', [emit('ReduceSum', [value, axes], { keepdims: 1 }), count]);

  const average = mean(x);
  const centred = emit('Sub', [x, average]);
  const variance = mean(emit('Mul', [centred, centred]));
  const epsilon = builder.floats(floatAttribute(node, 'epsilon', 1e-5));
  const deviation = emit('Sqrt', [emit('Add', [variance, epsilon])]);
  const slope = emit('Div', [emit('Reshape', [scale, onChannels]), deviation]);
  const scaled = emit('Mul', [centred, slope]);
  emit('Add', [scaled, emit('Reshape', [shift, onChannels])], {}, y);

  const momentum = floatAttribute(node, 'momentum', 0.9);
  const blend = (old: string, fresh: string, output: string) => {
    if (output === '') return;
    const kept = emit('Mul', [old, builder.floats(momentum)]);
    const added = emit('Mul', [emit('Reshape', [fresh, vector]), builder.floats(1 - momentum)]);
    emit('Add', [kept, added], {}, output);
  };
  blend(oldMean, average, newMean);
  blend(oldVariance, variance, newVariance);
}
