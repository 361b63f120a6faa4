import type { StudyFile } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { mean, observedDesigns, type StudyScores, studyScores } from '@chromaray/results';
import { openStudyReader } from '@chromaray/store';
import { findStudy } from '../run/find-study.js';
import type { Assumptions } from '../sensitivity/planned-sensitivity.js';
import { readStudyFile } from '../study-file/read.js';

/**
 * Reads from an earlier study what a plan would otherwise assume: AUROC, spread over seeds and correlation between arms,
 * averaged over its comparisons (variances, in the case of the spread).
 *
 * The pilot's test part must not be the one the planned study is judged on: a plan made from it has seen the answer.
 *
 * @param pilot a study that was run: its folder, file or name
 * @param studies folder that holds studies
 * @throws ChromarayError `CHROMARAY_STUDY_MISSING`; `CHROMARAY_PLAN_PILOT` without a comparison with two seeds
 */
export function pilotAssumptions(pilot: string, studies: string): Assumptions {
  const paths = findStudy(pilot, studies);
  const store = openStudyReader(paths);
  try {
    return assumptionsFrom(readStudyFile(paths.studyFile).arms, studyScores(store.predictions()), pilot);
  } finally {
    store.close();
  }
}

/** The same from a pilot's scores; `pilot` names it in an error. */
export function assumptionsFrom(arms: StudyFile['arms'], scores: StudyScores, pilot: string): Assumptions {
  const designs = observedDesigns(arms, scores);
  const spreads = designs.flatMap(({ seedDeviation }) => seedDeviation ?? []);
  const correlations = designs.flatMap(({ correlationBetweenArms }) => correlationBetweenArms ?? []);
  if (spreads.length === 0 || correlations.length === 0) {
    throw codedError('CHROMARAY_PLAN_PILOT', {
      message: `The pilot ${pilot} has no arm and control with two finished seeds in common: the spread of seeds cannot be seen.`,
      details: { pilot },
    });
  }
  return {
    auroc: inside(mean(designs.map(({ auroc }) => auroc))),
    seedDeviation: Math.sqrt(mean(spreads.map((spread) => spread ** 2))),
    correlationBetweenArms: Math.min(0.99, mean(correlations)),
    from: 'pilot',
  };
}

/** A pilot without a mistake does not promise a study without one. */
function inside(auroc: number): number {
  return Math.min(0.995, Math.max(0.5, auroc));
}
