import { listed } from '@chromaray/base';
import { type Dataset, resolveArm, type Split, type StudyFile, turnedText } from '@chromaray/contracts';
import { type BalancePlan, turnedLabels } from '@chromaray/data';
import { type ArmTraining, armsByTraining } from '../prepare/arm-training.js';

/** How the training part was balanced, and what was made wrong in its labels: for all arms, or arm by arm. */
export function balancesText(
  study: StudyFile,
  dataset: Dataset,
  split: Split,
  training: ReadonlyMap<string, ArmTraining>,
): string {
  const groups = armsByTraining(training);
  const sentences = groups.map(({ arms, training: { balance } }) => {
    const text = `${noiseText(study, arms[0]!, dataset, split)}${balanceText(balance)}`;
    return groups.length === 1 ? text : `${listed(arms)}: ${text}`;
  });
  return sentences.join(' ');
}

function noiseText(study: StudyFile, arm: string, dataset: Dataset, split: Split): string {
  const { labels } = resolveArm(study, study.arms.find(({ name }) => name === arm)!);
  if (labels === undefined) return '';
  const { positives, negatives } = turnedLabels(dataset, split, labels);
  const counts = { positives: positives.length, negatives: negatives.length };
  return `${turnedText(counts, dataset)} The seed of this noise is ${labels.seed}. `;
}

function balanceText({ method, classWeights, entries, notes }: BalancePlan): string {
  switch (method) {
    case 'none':
      return 'The classes of the training part are left as they are.';
    case 'weights':
      return `Classes are weighted in the loss: positives by ${classWeights.positive.toFixed(3)}, negatives by ${classWeights.negative.toFixed(3)}.`;
    case 'augment':
      return notes[0] ?? `The training part is raised to ${entries.length} pictures by augmentation.`;
  }
}
