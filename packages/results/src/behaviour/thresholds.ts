import type { ArmBehaviour, Estimate, ThresholdResult } from '@chromaray/contracts';
import {
  costThreshold,
  decisionCurve,
  operatingThreshold,
  proportionOverSeeds,
  sensitivityThreshold,
} from '@chromaray/evidence';
import { asPair } from '../comparison/metric-summary.js';
import type { PartScores } from '../comparison/study-scores.js';
import { chosenByRecord, mean, type TrialMaterial } from './material.js';

const targetSensitivity = 0.95;
/** How much worse a missed pneumonia is than a false alarm; an example, not a recommendation. */
const missedCost = 5;
/** Probabilities from which one would act: the range in which acting on everybody or nobody is not plainly right. */
const actingFrom = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

type Rule = Pick<ThresholdResult, 'rule' | 'description'> & {
  readonly choose: (validation: TrialMaterial['choices'][number]) => number;
};

const rules: readonly Rule[] = [
  {
    rule: 'youden',
    description: 'sensitivity and specificity weigh the same (the study’s own)',
    choose: ({ labels, probabilities }) => operatingThreshold(labels, probabilities),
  },
  {
    rule: 'sensitivity',
    description: `sensitivity of ${targetSensitivity} on validation`,
    choose: ({ labels, probabilities }) => sensitivityThreshold(labels, probabilities, targetSensitivity).threshold,
  },
  {
    rule: 'cost',
    description: `a missed case costs ${missedCost} false alarms`,
    choose: ({ labels, probabilities }) =>
      costThreshold(labels, probabilities, { falseNegative: missedCost, falsePositive: 1 }).threshold,
  },
];

/** Thresholds chosen on validation in several ways, and what each gives on the test part. */
export function thresholdResults(
  test: PartScores,
  trials: readonly TrialMaterial[],
  level: number,
): readonly ThresholdResult[] {
  return rules.map(({ rule, description, choose }) => {
    const chosen = trials.map((trial) => chosenByRecord(trial, choose));
    const thresholds = chosen.map((ofTrial) => ofTrial.mean);
    const share = (label: number): Estimate => {
      const rows = [...test.labels.keys()].filter((row) => test.labels[row] === label);
      const outcomes = trials.map((trial, i) =>
        rows.map((row) => Number(trial.test[row]! >= chosen[i]!.perRecord[row]! === (label === 1))),
      );
      const found = proportionOverSeeds({ outcomes, patients: rows.map((row) => test.patients[row]!) }, level);
      return { value: found.mean, interval: asPair(found.interval) };
    };
    return { rule, description, thresholds, sensitivity: share(1), specificity: share(0) };
  });
}

/** Net benefit on the test part, mean over seeds (Vickers & Elkin 2006). */
export function meanDecisionCurve(labels: Uint8Array, trials: readonly TrialMaterial[]): ArmBehaviour['decisionCurve'] {
  const curves = trials.map(({ test }) => decisionCurve(labels, test, actingFrom));
  return actingFrom.map((threshold, i) => ({
    threshold,
    model: mean(curves.map((curve) => curve[i]!.model)),
    everybody: curves[0]![i]!.everybody,
  }));
}
