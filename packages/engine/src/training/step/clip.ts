import type { GraphWriter } from '../../graph/graph-writer.js';

/**
 * Scales all gradients by `min(1, clipNorm / norm)`, where norm is that of all of them taken together
 * (Keras's `global_clipnorm`, TensorFlow's `clip_by_global_norm`). With no gradient longer than that, nothing changes.
 */
export function addClipByGlobalNorm(
  builder: GraphWriter,
  gradients: readonly string[],
  clipNorm: number,
): readonly string[] {
  const squares = gradients.map((gradient) => {
    const flat = builder.node('Reshape', [gradient, builder.ints([-1])]);
    return builder.node('ReduceSum', [builder.node('Mul', [flat, flat]), builder.ints([0])], { keepdims: 0 });
  });
  const total = squares.reduce((sum, square) => builder.node('Add', [sum, square]));
  const limit = builder.floats(clipNorm);
  const factor = builder.node('Div', [limit, builder.node('Max', [builder.node('Sqrt', [total]), limit])]);
  return gradients.map((gradient) => builder.node('Mul', [gradient, factor]));
}
