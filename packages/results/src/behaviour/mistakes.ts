import type { ManifestRecord, Mistake } from '@chromaray/contracts';
import { decidedRight } from '../comparison/arm-results.js';
import type { PartScores, TrialScores } from '../comparison/study-scores.js';
import { mean } from './material.js';

/** Mistakes kept for each class. */
const perClass = 10;

/**
 * The test records that an arm was surest about and wrong, missed cases and false alarms apart: where a person
 * should look first. A record counts when most seeds call it wrong.
 */
export function confidentMistakes(
  records: ReadonlyMap<string, ManifestRecord>,
  test: PartScores,
  trials: readonly TrialScores[],
): readonly Mistake[] {
  const right = trials.map((trial) => decidedRight(trial, test.labels));
  const all = test.records.map((record, row) => {
    const { label, subtype, positive } = records.get(record)!;
    const probability = mean(trials.map((trial) => trial.test[row]!));
    const wrongSeeds = right.filter((ofTrial) => ofTrial[row] === 0).length;
    return { record, label, subtype, probability, wrongSeeds, positive };
  });
  const wrong = all.filter(({ wrongSeeds }) => 2 * wrongSeeds > trials.length);
  const surest = (positive: boolean): readonly Mistake[] =>
    wrong
      .filter((mistake) => mistake.positive === positive)
      .sort((a, b) => (positive ? 1 : -1) * (a.probability - b.probability) || (a.record < b.record ? -1 : 1))
      .slice(0, perClass)
      .map(({ positive: _, ...mistake }) => mistake);
  return [...surest(true), ...surest(false)];
}
