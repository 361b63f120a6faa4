import { setImmediate } from 'node:timers/promises';
import { type ComparedPicture, nearDuplicateSteps, Union } from '@chromaray/data';

/** One photograph, as the choice of the held-out part sees it. */
export interface HoldOutCandidate {
  /** SHA-256 of its pixels. */
  readonly hash: string;
  /** What near-duplicates are found by. */
  readonly fingerprint: ComparedPicture;
}

/** Share of the photographs, or of groups of near-duplicates, that is held out. */
export const heldOutShare = 0.05;

/** Milliseconds of search between two chances for a signal to be handled. */
const longestBlock = 100;

/**
 * Which photographs are held out: those whose content says so. A photograph's hash is a number from 0 to 1, a group of
 * near-duplicates has the least of its members', and what lies below the share is held out. Other photographs in the set,
 * the order of files and their names change nothing, and no near-duplicate of a held-out photograph is trained on.
 *
 * @returns for each photograph, whether it is held out; and how many have a near-duplicate
 * @throws the reason of `signal` once it is aborted
 */
export async function chooseHeldOut(
  photographs: readonly HoldOutCandidate[],
  options: { readonly signal?: AbortSignal; readonly onProgress?: (done: number, total: number) => void } = {},
): Promise<{ readonly heldOut: readonly boolean[]; readonly nearDuplicates: number }> {
  const groups = new Union(photographs.length);
  const steps = nearDuplicateSteps(photographs.map(({ fingerprint }) => fingerprint));
  let rested = performance.now();
  const alike = new Set<number>();
  for (;;) {
    options.signal?.throwIfAborted();
    const { done, value } = steps.next();
    if (done) {
      for (const { first, second } of value) {
        groups.join(first, second);
        alike.add(first).add(second);
      }
      break;
    }
    options.onProgress?.(value, photographs.length);
    if (performance.now() - rested < longestBlock) continue;
    await setImmediate();
    rested = performance.now();
  }
  const least = new Map<number, number>();
  photographs.forEach(({ hash }, i) => {
    const number = Number.parseInt(hash.slice(0, 8), 16) / 2 ** 32;
    const root = groups.root(i);
    least.set(root, Math.min(least.get(root) ?? 1, number));
  });
  return { heldOut: photographs.map((_, i) => least.get(groups.root(i))! < heldOutShare), nearDuplicates: alike.size };
}
