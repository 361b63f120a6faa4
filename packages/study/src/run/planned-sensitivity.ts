import type { Split, StudyFile } from '@chromaray/contracts';
import { plannedDetectableDifference } from '@chromaray/evidence';

/** What small networks reach on this kind of set (docs/evidence.md); the note is a plan, not a result. */
const expectedAuroc = 0.95;

/** One sentence before training: what the test part will be able to show. */
export function sensitivityNote(split: Split, { arms, seeds, endpoint }: StudyFile): string {
  const { records, patients, positives, negatives } = split.counts.test;
  const comparisons = endpoint.correction === 'none' ? 1 : arms.length - 1;
  const detectable = plannedDetectableDifference(
    {
      auroc: expectedAuroc,
      positives,
      negatives,
      recordsPerPatient: patients === null ? 1 : Math.max(1, records / patients),
      seeds: seeds.length,
    },
    comparisons,
    endpoint.alpha,
  );
  const size = detectable.toFixed(3);
  const judgement =
    detectable > endpoint.margin
      ? `more than the margin of ${endpoint.margin}, so smaller differences that matter may stay unseen`
      : `within the margin of ${endpoint.margin}`;
  return `With this test part and ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'} the study can be expected to see differences in AUROC from about ${size} on (at AUROC ${expectedAuroc}, power 0.8): ${judgement}.${seedsNote(seeds.length)}`;
}

/** What varies between seeds is estimated from them alone: with two, on one degree of freedom. */
function seedsNote(seeds: number): string {
  if (seeds >= 3) return '';
  return seeds === 1
    ? ' One seed says nothing about other seeds; take at least three.'
    : ' Two seeds tell little about how much seeds vary, so intervals will be wide; take at least three.';
}
