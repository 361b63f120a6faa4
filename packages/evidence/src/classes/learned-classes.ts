import { judgeLearning, type Learning } from '../endpoint/learning.js';
import { type ArmClassScores, classesOverSeeds } from './classes-over-seeds.js';
import type { ClassMeasure } from './contrasts.js';

/**
 * Whether an arm is shown to have learned to rank several classes, by the rule of `learning`: the interval of its mean
 * over seeds, which is 0.5 for guesses, must lie above 0.5 as a whole.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` as `classesOverSeeds` does
 */
export function learningOfClasses(arm: ArmClassScores, measure: ClassMeasure, level = 0.95): Learning {
  const { mean, interval } = classesOverSeeds(arm, measure, level);
  const seeds = arm.scores.map((scores) => {
    const own = classesOverSeeds({ ...arm, scores: [scores] }, measure, level);
    const constant = scores.every((ofClass) => Array.from(ofClass).every((score) => score === ofClass[0]));
    return { auroc: own.mean, interval: own.interval, constant };
  });
  return judgeLearning({ auroc: mean, interval }, seeds);
}
