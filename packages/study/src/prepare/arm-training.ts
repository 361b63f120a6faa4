import { canonicalJson } from '@chromaray/base';
import { type Dataset, resolveArm, type Split, type StudyFile } from '@chromaray/contracts';
import { type BalancePlan, noisyTraining, planBalance } from '@chromaray/data';

/** What an arm learns from: the labels it is told, and how its classes are balanced. */
export interface ArmTraining {
  /** Labels of the training part as the arm is told them; those of other parts as they are. */
  readonly dataset: Dataset;
  /** Its counts of the training part follow the labels that the arm is told. */
  readonly split: Split;
  readonly balance: BalancePlan;
}

/**
 * By arm. Arms of equal sections share one plan.
 *
 * @throws ChromarayError as `noisyTraining` and `planBalance`
 */
export function armTraining(study: StudyFile, dataset: Dataset, split: Split): ReadonlyMap<string, ArmTraining> {
  const plans = new Map<string, ArmTraining>();
  return new Map(
    study.arms.map((arm) => {
      const { labels, balance } = resolveArm(study, arm);
      const key = canonicalJson({ labels, balance });
      const told = plans.get(key) ?? planned();
      plans.set(key, told);
      return [arm.name, told];

      function planned(): ArmTraining {
        const noisy = noisyTraining(dataset, split, labels);
        return { ...noisy, balance: planBalance(noisy.dataset, noisy.split, balance, study.split.seed) };
      }
    }),
  );
}

/** Arms by what they learn from, in the study's order. */
export function armsByTraining(
  training: ReadonlyMap<string, ArmTraining>,
): readonly { readonly arms: readonly string[]; readonly training: ArmTraining }[] {
  const groups = new Map<ArmTraining, string[]>();
  for (const [arm, of] of training) groups.set(of, [...(groups.get(of) ?? []), arm]);
  return [...groups].map(([of, arms]) => ({ arms, training: of }));
}
