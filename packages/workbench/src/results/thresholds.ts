import { existsSync } from 'node:fs';
import { type StudyFile, type StudyFolder, studyClasses } from '@chromaray/contracts';
import { decidedRight, foldsOf } from '@chromaray/results';
import { readStudyFile, readVerdictScores, thresholdSteps } from '@chromaray/study';
import { z } from 'zod';

const pairs = z.array(z.number().int());

export const thresholdsSchema = z.strictObject({
  /** The class whose probability is meant; null where the study file is gone. */
  positive: z.string().nullable(),
  /** Probability is cut into so many steps of equal width. */
  steps: z.number().int(),
  trials: z.array(
    z.strictObject({
      arm: z.string(),
      seed: z.number().int(),
      /** From 1: each fold of a cross-validation has a network of its own. 1 without folds. */
      fold: z.number().int(),
      /** Chosen on the validation part. */
      threshold: z.number(),
      /** What is called positive at exactly that threshold, of either class: many records may share its step. */
      called: z.strictObject({ positives: z.number().int(), negatives: z.number().int() }),
      /** Step and number of test records, one after the other, for steps that hold any. */
      positives: pairs,
      negatives: pairs,
    }),
  ),
});

export type Thresholds = z.infer<typeof thresholdsSchema>;

/** Test records of all finished trials by probability, those of each fold by themselves: networks of two folds are not ranked together. */
export function readThresholds(folder: StudyFolder): Thresholds {
  const counted = foldsOf(readVerdictScores(folder)).flatMap(({ test, trials }, i) =>
    trials.map((trial) => {
      const { arm, seed, threshold } = trial;
      const { steps, positives, negatives } = thresholdSteps(test.labels, trial.test);
      const right = decidedRight(trial, test.labels);
      const of = (label: number, isRight: number): number =>
        right.filter((one, row) => test.labels[row] === label && one === isRight).length;
      return {
        ...{ steps, arm, seed, fold: i + 1, threshold, called: { positives: of(1, 1), negatives: of(0, 0) } },
        ...{ positives: [...positives], negatives: [...negatives] },
      };
    }),
  );
  return {
    positive: existsSync(folder.studyFile) ? positiveOf(readStudyFile(folder.studyFile)) : null,
    steps: counted[0]?.steps ?? 0,
    trials: counted.map(({ steps: _, ...trial }) => trial),
  };
}

/** Of several classes all but the reference together. */
function positiveOf({ dataset }: StudyFile): string | null {
  return dataset.positive ?? studyClasses(dataset)?.slice(1).join(' + ') ?? null;
}
