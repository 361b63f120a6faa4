import type { Manifest, StudyBehaviour, StudyFile } from '@chromaray/contracts';
import type { StoredPrediction } from '@chromaray/store';
import type { StudyScores } from '../comparison/study-scores.js';
import { armAgreement } from './agreement.js';
import { reliability, trialCalibration } from './calibration.js';
import { foldBehaviour } from './folds.js';
import { withValidation } from './material.js';
import { confidentMistakes } from './mistakes.js';
import { subgroupDifferences, subgroupResults } from './subgroups.js';
import { meanDecisionCurve, thresholdResults } from './thresholds.js';

/**
 * How the models of a study behave on its test part. Whatever is chosen, thresholds and temperatures, is chosen on
 * validation; of a cross-validation on each fold's own, for the records that this fold tests. Arms without a finished trial are
 * left out.
 */
export function studyBehaviour(
  study: StudyFile,
  manifest: Manifest,
  scores: StudyScores,
  predictions: readonly StoredPrediction[],
): StudyBehaviour {
  const level = 1 - study.endpoint.alpha;
  const { test } = scores;
  const records = new Map(manifest.records.map((record) => [record.id, record]));
  const material = withValidation(scores, predictions);
  const control = study.arms.find((arm) => arm.control)!.name;
  return {
    positive: manifest.dataset.positive,
    level,
    arms: study.arms.flatMap((arm) => {
      const trials = material.filter((trial) => trial.arm === arm.name);
      if (trials.length === 0) return [];
      return [
        {
          arm: arm.name,
          control: arm.control,
          seeds: trials.map(({ seed }) => seed),
          calibration: trials.map((trial) => trialCalibration(test, trial, level)),
          reliability: reliability(test.labels, trials),
          thresholds: thresholdResults(test, trials, level),
          decisionCurve: meanDecisionCurve(test.labels, trials),
          subgroups: subgroupResults(records, test, trials, level, scores.folds !== undefined),
          mistakes: confidentMistakes(records, test, trials),
        },
      ];
    }),
    ...(scores.folds === undefined ? {} : { folds: foldBehaviour(scores) }),
    subgroupDifferences: subgroupDifferences(records, study.arms, scores, level),
    agreement: armAgreement(
      study.arms.map(({ name }) => name),
      control,
      scores,
      level,
    ),
  };
}
