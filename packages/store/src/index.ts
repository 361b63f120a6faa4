export { readArtefact, readArtefactIfAny, writeArtefact } from './artefacts.js';
export { externalEvaluations } from './external-evaluations.js';
export { holderOf, holdFolder, isHeld } from './lock.js';
export { memoryStore } from './memory/memory-store.js';
export type { EventLog, OpenedReader, PredictionFilter, StudyReader, StudyStore, StudyWriter } from './ports.js';
export { exportPredictions, predictionColumns } from './predictions-csv.js';
export { openReadings, type Readings, readReadings } from './readings/readings.js';
export { planHash, readReaderRegistration, readRegistration, writeRegistration } from './registration-file.js';
export type {
  EvaluationPrediction,
  PlannedTrial,
  StoredEpoch,
  StoredEvaluation,
  StoredPrediction,
  StoredTrial,
  TrialKey,
  TrialPrediction,
  TrialStart,
  TrialStatus,
  TrialSummary,
} from './rows.js';
export { openStudyReader, openStudyStore } from './sqlite/sqlite-store.js';
export { cacheFolder, studyFolder } from './study-folder.js';
export { unfinishedTrials } from './unfinished-trials.js';
