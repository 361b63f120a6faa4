import type { ColourAnswer } from '../network/models.js';
import type { ColourBins } from './bins.js';

/** How likely colours become one colour. */
export interface AnswerOptions {
  /** Zhang's temperature: 1 is the mean of the likely colours, towards 0 the most likely one. */
  readonly temperature: number;
  /**
   * How much rare colours count beyond their share of the photographs, 0 to 1: bins are weighed by
   * `1 / ((1 - rebalance) / bins + rebalance * share)`. 0: not at all. Zhang: 0.5
   */
  readonly rebalance: number;
}

/**
 * Chosen between what an earlier network gave on photographs held out from it (docs/colorizer-training.md): about the
 * signal-to-noise ratio of the plain mean, and as much colour.
 */
export const defaultAnswer: AnswerOptions = { temperature: 0.5, rebalance: 0.2 };

/** The mean of the likely colours. */
export const plainMean: AnswerOptions = { temperature: 1, rebalance: 0 };

/**
 * The answer of a network that tells bins apart. Zhang weighs rare colours while training; weighing them here instead
 * multiplies what the network believes by the same factors (Menon 2021, "Long-tail learning via logit adjustment"), and
 * can be chosen after training.
 */
export function answerOf({ centres, shares }: ColourBins, { temperature, rebalance }: AnswerOptions): ColourAnswer {
  const bins = centres.length;
  const offsets = [...shares].map((share) => -Math.log((rebalance * share + (1 - rebalance) / bins) * bins));
  return { centres, offsets: rebalance === 0 ? offsets.map(() => 0) : offsets, temperature };
}
