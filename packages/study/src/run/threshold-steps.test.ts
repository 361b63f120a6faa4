import { Random } from '@chromaray/base';
import { expect, test } from 'vitest';
import { thresholdSteps } from './threshold-steps.js';

const atLeast = (pairs: readonly number[], step: number): number =>
  pairs.reduce((sum, value, i) => (i % 2 === 1 && pairs[i - 1]! >= step ? sum + value : sum), 0);

test('counts at every threshold what comparing each probability with it counts', () => {
  const random = new Random(7);
  const probabilities = Float64Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? i / 400 : random.float() ** 6));
  probabilities.set([0, 1, 0.3, 0.1 + 0.2, 0.9999999]);
  const labels = Uint8Array.from(probabilities, (_, i) => i % 3 && 1);
  const { steps, positives, negatives } = thresholdSteps(labels, probabilities);
  for (let step = 0; step <= steps; step++) {
    const called = (label: number) =>
      probabilities.filter((probability, i) => labels[i] === label && probability >= step / steps).length;
    expect([atLeast(positives, step), atLeast(negatives, step)], String(step)).toEqual([called(1), called(0)]);
  }
});
