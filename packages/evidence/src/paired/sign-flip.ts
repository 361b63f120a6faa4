import { normalTwoSidedP } from '../distributions/normal.js';

/** Beyond this many steps the distribution of the sum is as good as normal, and exact counting takes seconds. */
const mostSteps = 2e7;

/**
 * Two-sided p values of a sum of whole numbers under the hypothesis that each may have either sign, all with the same
 * chance and independently: exact, by counting all signs at once.
 *
 * @param values none of them 0
 * @returns `midP` counts half of the sums as large as the one found
 */
export function signFlipP(values: ArrayLike<number>): { readonly p: number; readonly midP: number } {
  let sum = 0;
  let reach = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    reach += Math.abs(values[i]!);
    squares += values[i]! ** 2;
  }
  if (reach === 0) return { p: 1, midP: 1 };
  if (values.length * reach > mostSteps) {
    const p = normalTwoSidedP(sum / Math.sqrt(squares));
    return { p, midP: p };
  }
  // chances[reach + s] is the chance of the sum s.
  let chances = new Float64Array(2 * reach + 1);
  chances[reach] = 1;
  for (let i = 0; i < values.length; i++) {
    const step = Math.abs(values[i]!);
    const next = new Float64Array(chances.length);
    for (let s = 0; s < chances.length; s++) {
      if (chances[s] === 0) continue;
      next[s + step]! += chances[s]! / 2;
      next[s - step]! += chances[s]! / 2;
    }
    chances = next;
  }
  let beyond = 0;
  let equal = 0;
  for (let s = 0; s < chances.length; s++) {
    const distance = Math.abs(s - reach) - Math.abs(sum);
    if (distance > 0) beyond += chances[s]!;
    else if (distance === 0) equal += chances[s]!;
  }
  return { p: Math.min(1, beyond + equal), midP: Math.min(1, beyond + equal / 2) };
}
