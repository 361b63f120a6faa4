import type { Random } from '@chromaray/base';

/**
 * Deals cases to groups at random, each class by itself, so that sizes differ by one at most in each class and in all.
 *
 * @returns numbers of the cases of every group
 */
export function dealt(truths: readonly (0 | 1)[], groups: number, random: Random): readonly (readonly number[])[] {
  const hands = Array.from({ length: groups }, (): number[] => []);
  const byClass = [1, 0].flatMap((truth) =>
    random.fork(truth).shuffle(truths.flatMap((one, number) => (one === truth ? [number] : []))),
  );
  for (const [i, number] of byClass.entries()) hands[i % groups]!.push(number);
  return hands;
}
