import { Random } from '@chromaray/base';
import type { DropoutMask } from '../../training/step/forward.js';

/**
 * Fills a dropout mask with 1 (keep) and 0 (drop). The numbers depend on the seed, the step and the mask's
 * place alone, so that a resumed training drops what the undisturbed one would have dropped. Each 32-bit
 * draw decides two elements; the share dropped is exact to 1/65536.
 */
export function fillDropoutMask(into: Uint8Array, mask: DropoutMask, seed: number, step: number): void {
  const random = new Random(`dropout/${seed}/${step}/${mask.input}`);
  const threshold = Math.round(mask.ratio * 65536);
  const even = into.length & ~1;
  for (let i = 0; i < even; i += 2) {
    const bits = random.uint32();
    into[i] = (bits & 0xffff) < threshold ? 0 : 1;
    into[i + 1] = bits >>> 16 < threshold ? 0 : 1;
  }
  if (even < into.length) into[even] = (random.uint32() & 0xffff) < threshold ? 0 : 1;
}
