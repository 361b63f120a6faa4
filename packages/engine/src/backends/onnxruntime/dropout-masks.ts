import { Random } from '@chromaray/base';
import type { DropoutMask } from '../../training/forward/dropout.js';

/**
 * Fills a dropout mask with 1 (keep) and 0 (drop). The numbers depend on the seed, the step and the mask's
 * place alone, so that a resumed training drops what the undisturbed one would have dropped. Each 32-bit
 * draw decides two elements; the share dropped is exact to 1/65536.
 */
export function fillDropoutMask(into: Uint8Array, mask: DropoutMask, seed: number, step: number): void {
  const random = new Random(`dropout/${seed}/${step}/${mask.input}`);
  const threshold = Math.round(mask.ratio * 65536);
  for (let start = 0; start < into.length; start += 2 * draws.length) {
    const end = Math.min(into.length, start + 2 * draws.length);
    random.fillUint32(draws);
    for (let i = start, k = 0; i < end; i += 2, k++) {
      const bits = draws[k]!;
      // The sign of a difference instead of a comparison: processors cannot guess a random branch.
      into[i] = 1 + (((bits & 0xffff) - threshold) >> 31);
      // Beyond an odd end this is a write that typed arrays ignore.
      into[i + 1] = 1 + (((bits >>> 16) - threshold) >> 31);
    }
  }
}

/** Drawn at a time: little enough to stay in the fastest cache. */
const draws = new Uint32Array(4096);
