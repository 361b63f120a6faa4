import { existsSync } from 'node:fs';
import { type StudyFile, type StudyFolder, studyClasses } from '@chromaray/contracts';
import { studyScores } from '@chromaray/results';
import type { StudyReader } from '@chromaray/store';
import { readStudyFile, thresholdSteps } from '@chromaray/study';
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
      /** Chosen on the validation part. */
      threshold: z.number(),
      /** Step and number of test records, one after the other, for steps that hold any. */
      positives: pairs,
      negatives: pairs,
    }),
  ),
});

export type Thresholds = z.infer<typeof thresholdsSchema>;

/** Test records of all finished trials by probability. */
export function readThresholds(reader: StudyReader, folder: StudyFolder): Thresholds {
  const { test, trials } = studyScores(reader.predictions());
  const counted = trials.map(({ arm, seed, threshold, test: probabilities }) => {
    const { steps, positives, negatives } = thresholdSteps(test.labels, probabilities);
    return { steps, arm, seed, threshold, positives: [...positives], negatives: [...negatives] };
  });
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
