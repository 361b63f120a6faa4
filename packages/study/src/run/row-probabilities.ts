import type { TrialPrediction } from '@chromaray/store';

/**
 * What a network says of one record, as it is stored. Of several classes the probability of all but the first, the
 * reference, together, and that of each.
 *
 * @param probabilities of all records, row by row
 * @param classes in the order of the network's probabilities; undefined for a network of one probability
 */
export function rowProbabilities(
  probabilities: Float32Array,
  row: number,
  classes: readonly string[] | undefined,
): Pick<TrialPrediction, 'probability' | 'probabilities'> {
  if (classes === undefined) return { probability: probabilities[row]! };
  const own = probabilities.subarray(row * classes.length, (row + 1) * classes.length);
  const others = own.subarray(1).reduce((sum, probability) => sum + probability, 0);
  return {
    // Float32 probabilities may sum to a little more than 1.
    probability: Math.min(1, others),
    probabilities: Object.fromEntries(classes.map((name, index) => [name, own[index]!])),
  };
}
