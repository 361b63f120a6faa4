import { canonicalJson } from '@chromaray/base';
import { armPixels } from '@chromaray/colour';
import { type ArmSection, resolveArm, type StudySections } from '@chromaray/contracts';

/**
 * Which packs an arm's networks are fed from: arms with equal names share them. Named by colour alone where the arm's
 * pictures, balance and labels are the study's, as in the records of studies from before arms could override them.
 */
export function pixelsOf(study: StudySections, arm: ArmSection): string {
  const { image, balance, labels } = resolveArm(study, arm);
  const own = canonicalJson({ image, balance, labels });
  const shared = canonicalJson({ image: study.image, balance: study.balance, labels: study.labels });
  return own === shared ? armPixels(arm.colour) : `${armPixels(arm.colour)} ${own}`;
}
