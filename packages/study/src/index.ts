export { auditDataset } from './audit/audit.js';
export type { AuditProgress } from './audit/check.js';
export type { Audit, AuditCounts, Finding, Severity } from './audit/finding.js';
export { severities } from './audit/finding.js';
export { gate } from './audit/gate.js';
export { measureShortcut, type Shortcut } from './audit/shortcut/measure.js';
export type { ViewName } from './audit/shortcut/types.js';
export { type AuditFiles, writeAudit } from './audit/write-audit.js';
export { augmentationOptions } from './balance/augmentation-options.js';
export { type BalancePlan, planBalance, type TrainingEntry } from './balance/plan.js';
export type {
  ArmAgreement,
  ArmBehaviour,
  Mistake,
  StudyBehaviour,
  SubgroupResult,
  ThresholdResult,
  TrialCalibration,
} from './behaviour/types.js';
export {
  type CalibratedSeries,
  type CalibrateOptions,
  type Calibration,
  type CalibrationProgress,
  calibrate,
} from './calibrate/calibrate.js';
export type { CountedRate } from './calibrate/rates.js';
export type { TrainedDesign } from './calibrate/trained-study.js';
export { type AddOptions, addColorizer } from './colorizer/add.js';
export { type ArmColouring, openArmColouring } from './colorizer/arm-colouring.js';
export type { Colorizer, MergeMode, TensorNames } from './colorizer/colorizer.js';
export { type ColorizerContract, type ContractName, contractNames, contracts } from './colorizer/contract.js';
export {
  defaultColorizerFolder,
  type InstalledColorizer,
  installedColorizers,
  installedNames,
} from './colorizer/installed.js';
export { mapColorizer } from './colorizer/map-colorizer.js';
export { type FindOptions, openColorizer } from './colorizer/open.js';
export { type PullOptions, pullColorizer } from './colorizer/pull.js';
export { type KnownColorizer, knownColorizers } from './colorizer/registry.js';
export { type SweepOptions, sweepRenderFactors } from './colorizer/sweep.js';
export type {
  ArmResult,
  Comparison,
  ComparisonVerdict,
  MetricSummary,
  StudyVerdict,
  UnfinishedTrial,
} from './comparison/types.js';
export type { Dataset, DatasetRecord, Layout, LeftOut, PatientRuleInfo, Unreadable } from './dataset/dataset.js';
export { layouts } from './dataset/dataset.js';
export { type DescribeOptions, describeDataset } from './dataset/describe.js';
export type { DescribeProgress } from './dataset/inspect-all.js';
export { type AgeBand, ageBands, type Sex, sexes } from './dataset/record-attributes.js';
export { type ClassSummary, type DatasetSummary, summariseDataset } from './dataset/summary.js';
export { DicomWebClient, type InstanceAddress, type RejectedInstance, type StudyFilter } from './dicomweb/client.js';
export { type Authorization, authorizationFrom } from './dicomweb/credentials.js';
export type { DicomWebFault } from './dicomweb/dicomweb-error.js';
export {
  type FailedInstance,
  type ImportOptions,
  type ImportResult,
  importStudies,
} from './dicomweb/import-studies.js';
export { type Colouring, type SendOptions, type SendResult, sendColourised } from './dicomweb/send-colourised.js';
export type { DicomWebServer } from './dicomweb/server.js';
export { type EvaluateOptions, evaluateStudy } from './evaluate/evaluate-study.js';
export type { ExternalEvaluation } from './evaluate/types.js';
export {
  type ExplainImagesOptions,
  explainImages,
  type ImageExplanation,
  type ImagesExplained,
} from './explain/explain-images.js';
export { explainStudy } from './explain/explain-study.js';
export type {
  ArmExplanation,
  EnergyShare,
  EnergySummary,
  ExplainedCase,
  Outcome,
  Randomisation,
  RandomisationStage,
  RegionShares,
  StudyExplanation,
} from './explain/types.js';
export { type ExportOptions, exportStudy, type StudyExport } from './export/export-study.js';
export type { Vocabulary } from './file/names.js';
export { parseStudyFile } from './file/parse.js';
export { readStudyFile } from './file/read.js';
export { serializeStudyFile } from './file/serialize.js';
export type {
  ArmSection,
  AugmentationRanges,
  BalanceSection,
  ColourSpec,
  CsvColumns,
  DatasetPreset,
  DatasetSection,
  EndpointSection,
  ImageSection,
  ModelSection,
  PatientRuleSpec,
  ScheduleSpec,
  SklearnSteps,
  SplitSection,
  StudyFile,
  TrainingSection,
  UncertainPolicy,
} from './file/study-file.js';
export { datasetPresets, uncertainPolicies } from './file/study-file.js';
export { studyTemplate, type TemplateChoices } from './file/template.js';
export { studyVocabulary } from './file/vocabulary.js';
export { readManifest, writeManifest } from './manifest/manifest.js';
export type { Manifest, ManifestRecord } from './manifest/types.js';
export { type Part, parts } from './part.js';
export {
  type CopiedFile,
  defaultSubtlety,
  type PhantomDatasetOptions,
  type PhantomFaults,
  type PhantomLabel,
  type PhantomPart,
  type PhantomPatients,
  type PhantomProgress,
  type PhantomRecord,
  type PhantomReport,
  type PhantomSettings,
  type PhantomWriteControl,
  type PlantedFaults,
  phantomPatients,
  type UnreadableKind,
  writePhantomDataset,
} from './phantoms/index.js';
export type { MeasuredTrial, Measurement } from './plan/measure.js';
export { type PlanStudyOptions, planStudy, type StudyCost, type StudyPlan } from './plan/plan-study.js';
export type { PlannedSensitivity } from './plan/sensitivity.js';
export { type ImagePrediction, type PredictionResult, predictImages } from './predict/predict-images.js';
export type { Claim, ClaimOutcome } from './replicate/claims.js';
export { type ColourChoice, chooseColour } from './replicate/colour-choice.js';
export type { Measured } from './replicate/measure.js';
export { fastPlan, fullPlan, type NetworkPlan, type ReplicationPlan } from './replicate/plan.js';
export { type ReplicateOptions, type ReplicationOutcome, replicateOriginal } from './replicate/replicate-original.js';
export type { ControlledArm, OriginalResult, ReplicatedFinding, ReplicationResult } from './replicate/result.js';
export { type ResultRow, resultRows } from './replicate/result-rows.js';
export { buildReport } from './report/build-report.js';
export { type Paper, papers } from './report/pdf/paper.js';
export { printPdf } from './report/pdf/print-pdf.js';
export { renderFigures } from './report/render-figures.js';
export { describeMachine, programVersions } from './run/environment.js';
export type { OnStudyEvent, StudyEvent } from './run/events.js';
export { findStudy, readStudyStatus, rebuildReport, type StudyStatus, type TrialState } from './run/find-study.js';
export { type RunStudyOptions, runStudy, type StudyOutcome } from './run/run-study.js';
export { type StudyFolder, studyFolder } from './run/study-folder.js';
export { makeSplit } from './split/make-split.js';
export type { Imbalance, PartCounts, Split, SplitMethod } from './split/split.js';
export { exportPredictions, predictionColumns } from './store/predictions-csv.js';
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
} from './store/rows.js';
export { StudyStore } from './store/store.js';
