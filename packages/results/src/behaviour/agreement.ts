import type { ArmAgreement } from '@chromaray/contracts';
import { cohenKappa } from '@chromaray/evidence';
import { decidedPositive, decidedRight } from '../comparison/arm-results.js';
import { asPair } from '../comparison/metric-summary.js';
import type { StudyScores } from '../comparison/study-scores.js';
import { mean } from './material.js';

/** Case by case, how far each arm decides as the control does with the same seed. */
export function armAgreement(
  arms: readonly string[],
  control: string,
  { test, trials }: StudyScores,
  level: number,
): readonly ArmAgreement[] {
  return arms.flatMap((arm) => {
    const perSeed = trials.flatMap((trial) => {
      const partner = trials.find((other) => other.arm === control && other.seed === trial.seed);
      if (trial.arm !== arm || arm === control || partner === undefined) return [];
      const [ofArm, ofControl] = [decidedRight(trial, test.labels), decidedRight(partner, test.labels)];
      const { observed, kappa, interval } = cohenKappa(decidedPositive(trial), decidedPositive(partner), {
        patients: test.patients,
        level,
      });
      const count = (armRight: number, controlRight: number): number =>
        ofArm.reduce((sum, right, row) => sum + Number(right === armRight && ofControl[row] === controlRight), 0);
      return [
        {
          seed: trial.seed,
          observed,
          kappa,
          interval: interval === null ? null : asPair(interval),
          onlyArmWrong: count(0, 1),
          onlyControlWrong: count(1, 0),
          bothWrong: count(0, 0),
        },
      ];
    });
    const kappas = perSeed.flatMap(({ kappa }) => kappa ?? []);
    return perSeed.length === 0 ? [] : [{ arm, control, perSeed, kappa: kappas.length === 0 ? null : mean(kappas) }];
  });
}
