import type { GraphWriter } from '../graph/graph-writer.js';
import { reduceSum, scalarLike } from './emit.js';

/** A value less its mean over some axes, over its deviation along them: what layer, instance and group norms share. */
export interface Normalised {
  readonly value: string;
  /** One over the deviation, with the normalised axes at size 1. */
  readonly inverse: string;
  /** Gradient of what was normalised, from that of the normalised value. */
  gradient(of: string): string;
}

/**
 * Normalises by the mean and the variance over axes. The variance is that of the values at hand (divided by their
 * number), and epsilon is added to it.
 *
 * The gradient takes out what would move mean and variance: `(g - mean(g) - value mean(g value)) inverse`, Ba et al.
 * 2016, section 3 of the supplement.
 */
export function normalise(builder: GraphWriter, x: string, axes: readonly number[], epsilon: number): Normalised {
  const shape = builder.shape(x);
  const count = axes.reduce((cells, axis) => cells * shape[axis]!, 1);
  const mean = (value: string) =>
    builder.node('Mul', [reduceSum(builder, value, axes, true), scalarLike(builder, x, 1 / count)]);
  const centred = builder.node('Sub', [x, mean(x)]);
  const variance = mean(builder.node('Mul', [centred, centred]));
  const spread = builder.node('Sqrt', [builder.node('Add', [variance, scalarLike(builder, x, epsilon)])]);
  const inverse = builder.node('Reciprocal', [spread]);
  const value = builder.node('Mul', [centred, inverse]);
  return {
    value,
    inverse,
    gradient(of) {
      const level = builder.node('Sub', [of, mean(of)]);
      const tilt = builder.node('Mul', [value, mean(builder.node('Mul', [of, value]))]);
      return builder.node('Mul', [builder.node('Sub', [level, tilt]), inverse]);
    },
  };
}
