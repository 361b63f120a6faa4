import { type StudyFile, type TunedCandidate, type TuningRecord, tunedArm } from '@chromaray/contracts';

/** The study with the chosen hyperparameters in its arms: as its trials are trained. */
export function tunedStudy(study: StudyFile, record: Pick<TuningRecord, 'arms' | 'candidates'> | undefined): StudyFile {
  if (record === undefined) return study;
  const { tune: _, ...rest } = study;
  const settings = new Map(record.candidates.map((one) => [one.candidate, one.settings]));
  const chosen = new Map(record.arms.map(({ arm, chosen: number }) => [arm, settings.get(number) ?? {}]));
  return { ...rest, arms: study.arms.map((arm) => tunedArm(study, arm, chosen.get(arm.name) ?? {})) };
}

/** What a candidate of an arm is called in the search's store and folder. Arms have no dot in their names. */
export function candidateName(arm: string, candidate: number): string {
  return `${arm}.${candidate}`;
}

/**
 * The search as a study of its own, so that its trials are prepared as all are: every arm with every candidate, one seed,
 * the search's epochs.
 */
export function searchStudy(study: StudyFile, candidates: readonly TunedCandidate[]): StudyFile {
  const { tune, ...rest } = study;
  const { epochs = study.training.epochs, seed = 0 } = tune ?? {};
  const arms = study.arms.flatMap((arm) =>
    candidates.map(({ candidate, settings }) => {
      const { training, ...tuned } = tunedArm(study, arm, settings);
      const { patience = study.training.patience, ...own } = training ?? {};
      // A patience that could never stop so short a training is refused in a study.
      const patient = patience !== undefined && patience !== null && patience < epochs ? patience : null;
      return {
        ...tuned,
        name: candidateName(arm.name, candidate),
        training: { ...own, epochs, ...(patience === undefined ? {} : { patience: patient }) },
      };
    }),
  );
  return { ...rest, arms, seeds: [seed] };
}
