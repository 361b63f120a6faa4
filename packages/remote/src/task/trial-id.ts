import { canonicalJson, sha256 } from '@chromaray/base';
import type { TrialTask } from '@chromaray/trials';

/**
 * What a trial is called on every machine: the hash of its inputs, which its fingerprint covers, of what computes it, of
 * the words that its model file carries, and of the epoch at which a stage of a search leaves it. Equal ids mean equal results, bit for bit, so that a result can be
 * published under it once and compared ever after. As 64 hexadecimal digits.
 */
export function trialId({ fingerprint, profile, names, operations, until }: TrialTask): string {
  return sha256(canonicalJson({ fingerprint, profile, names, operations, until }));
}
