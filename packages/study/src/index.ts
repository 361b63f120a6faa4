export {
  type CalibratedSeries,
  type CalibrateOptions,
  type Calibration,
  type CalibrationProgress,
  calibrate,
} from './calibrate/calibrate.js';
export type { CountedRate } from './calibrate/rates.js';
export type { TrainedDesign } from './calibrate/trained-study.js';
export { type EvaluateOptions, evaluateStudy } from './evaluate/evaluate-study.js';
export {
  type ExplainImagesOptions,
  explainImages,
  type ImageExplanation,
  type ImagesExplained,
} from './explain/explain-images.js';
export { explainRecord, type RecordExplanation, type RecordOfTrial, seenByArm } from './explain/explain-record.js';
export { explainStudy } from './explain/explain-study.js';
export { testPictures } from './explain/test-pictures.js';
export { type ExportOptions, exportStudy, type StudyExport } from './export/export-study.js';
export { trialModel } from './frozen/trial-model.js';
export { type DescribedModel, type DescribeModelOptions, describeModel } from './model/describe-model.js';
export type { MeasuredTrial, Measurement } from './plan/measure.js';
export { type PlanStudyOptions, planStudy, type StudyCost, type StudyPlan } from './plan/plan-study.js';
export { type ImagePrediction, type PredictionResult, predictImages } from './predict/predict-images.js';
export { describeIn, type PrepareContext } from './prepare/context.js';
export { describeMachine, programVersions } from './prepare/environment.js';
export {
  type EvaluatedRecord,
  evaluatedRecords,
  type PreparedStudy,
  type PrepareRequest,
  prepareStudy,
  type StudyData,
} from './prepare/prepare-study.js';
export { prepareUnseen, type UnseenRecords } from './prepare/unseen.js';
export { type RegisterOptions, registerStudy } from './register/register-study.js';
export { announceAccepted, announceAudit } from './run/announce.js';
export { findStudy, rebuildReport } from './run/find-study.js';
export { idleShareOf } from './run/idle-share.js';
export { recordedRun } from './run/recorded-run.js';
export { type RunStudyOptions, runStudy, type StudyOutcome } from './run/run-study.js';
export { runTrials } from './run/run-trials.js';
export { readStudyStatus, type StudyStatus, type TrialState } from './run/study-status.js';
export { thresholdSteps } from './run/threshold-steps.js';
export { readVerdictScores } from './run/verdict-scores.js';
export type { PlannedSensitivity } from './sensitivity/planned-sensitivity.js';
export { parseStudyFile } from './study-file/parse.js';
export { readStudyFile } from './study-file/read.js';
export { studyNameOf } from './study-file/study-name.js';
export { studyTemplate, type TemplateChoices } from './study-file/template.js';
export { studyVocabulary } from './study-file/vocabulary.js';
export { planTrialsInStore } from './trials/plan-in-store.js';
export type { TuningStatus } from './tune/tuning-status.js';
export { type FollowOptions, followStudy } from './watch/follow-study.js';
