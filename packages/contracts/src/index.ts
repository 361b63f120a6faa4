export { artefactFormat, decodeArtefact, encodeArtefact } from './artefacts/artefact.js';
export { type ArtefactKind, type Artefacts, artefactTable, type StudyReport } from './artefacts/table.js';
export { type Audit, type AuditCounts, type Finding, type Severity, severities, type UncheckedPart } from './audit.js';
export { type BalanceFacts, balanceNotes, turnedText } from './balance-notes.js';
export type {
  ArmAgreement,
  ArmBehaviour,
  Estimate,
  FoldBehaviour,
  Mistake,
  ProbabilityScores,
  ReliabilityPoint,
  StudyBehaviour,
  SubgroupDifference,
  SubgroupResult,
  ThresholdResult,
  TrialCalibration,
} from './behaviour.js';
export { classNamesAlike } from './class-names.js';
export { type ComputedTrial, computedBy } from './computed-by.js';
export {
  type ControlArm,
  type ControlComparison,
  type ControlKind,
  type ControlReadings,
  controlKinds,
} from './controls.js';
export {
  type ClassLoss,
  type Dataset,
  type DatasetRecord,
  type Layout,
  type LeftOut,
  layouts,
  type PatientRuleInfo,
  type RecordNote,
  type Unreadable,
} from './dataset.js';
export {
  type EndpointKind,
  endpointMeaning,
  endpointName,
  endpointOf,
  endpointShortName,
  isLowerBetter,
  seedDifference,
  twoClassMeasure,
  withArticle,
} from './endpoint-words.js';
export type { ExternalEvaluation, LeftOutOverlap } from './evaluation.js';
export { decodeHappening, encodeHappening } from './event-schema.js';
export type {
  ArmsCompared,
  BalancePlanned,
  EpochDone,
  EventError,
  EventFinding,
  OnStudyEvent,
  Progressed,
  RiskAccepted,
  RunEnded,
  StudyEvent,
  StudyHappening,
  TrainingPlanned,
  Warned,
} from './events.js';
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
} from './explanation.js';
export { type FactorCell, factorCells } from './factor-cells.js';
export { factorEffectName, factorOutcomeText } from './factor-words.js';
export { foldsSentence, testedOn } from './fold-words.js';
export type { Manifest, ManifestRecord } from './manifest.js';
export { type Part, parts } from './part.js';
export {
  caseDesigns,
  covarianceMethods,
  type NetworksBeside,
  type ReaderAgreement,
  type ReaderAnalysis,
  type ReaderArmResult,
  type ReaderComparisonResult,
  type ReaderComponents,
  type ReaderDesignFacts,
  type ReaderDrift,
  type ReaderEndpoint,
  type ReaderMerit,
  type ReaderProtocol,
  type ReaderSlope,
  type ReaderTest,
  type ReaderTimes,
  type ReaderValue,
  type ReaderVerdict,
  readerMerits,
  readerVerdicts,
} from './reader-analysis.js';
export {
  displayCheck,
  givenAnswer,
  type ReaderEvent,
  type ReaderHappening,
  type ReadingEvent,
  readerHappening,
  type ScreenFacts,
} from './reader-events.js';
export {
  currentReaderPlan,
  type ReaderAmendment,
  type ReaderCase,
  type ReaderCases,
  type ReaderPlan,
  type ReaderRegistration,
} from './reader-registration.js';
export { decodeReadersFile } from './readers-file/decode.js';
export type {
  CaseFilter,
  CasesSection,
  DesignSection,
  ReaderEndpointSection,
  ReaderStudyFile,
  ScaleSection,
} from './readers-file/readers-file.js';
export { sessionsOf } from './readers-file/rules.js';
export { readersFileSchema } from './readers-file/schema.js';
export {
  type AgeBand,
  ageBands,
  type RecordAttributes,
  recordAttributes,
  type Sex,
  sexes,
} from './record-attributes.js';
export {
  type Amendment,
  amendmentsAfterResults,
  currentPlan,
  type KnownThen,
  type PlanChange,
  planBeforeResults,
  type RegisteredPlan,
  type Registration,
} from './registration.js';
export {
  type Claim,
  type ClaimOutcome,
  type ConfusionCounts,
  type ControlledArm,
  claimIds,
  claimOutcomes,
  type Measured,
  type NetworkPlan,
  type OriginalResult,
  type PublishedResult,
  type ReplicatedFinding,
  type ReplicationPlan,
  type ReplicationResult,
  type Speed,
} from './replication.js';
export type { DeclaredStudy, RunRecord } from './run-record.js';
export type { ShortcutBaseline, ShortcutComparison, ViewName } from './shortcut.js';
export type { Imbalance, PartCounts, Split, SplitMethod } from './split.js';
export { type SplitChoice, type SplitFacts, splitFacts, splitNotes, type ValidationFlaw } from './split-notes.js';
export {
  type ArmKind,
  armDifferences,
  armKinds,
  causesSentence,
  causesSentences,
  type DifferingKey,
  differingKinds,
  differingText,
} from './study-file/arm-differences.js';
export type { DatasetPreset, EndpointMetric, TrainingBackend, UncertainPolicy } from './study-file/choices.js';
export { mapsOf } from './study-file/colour-rules.js';
export { decodeStudyFile } from './study-file/decode.js';
export { defaultAugmentation, defaultFractions, defaultSklearnSteps } from './study-file/defaults.js';
export { type ExecutionSection, execution as executionSchema, isAddress } from './study-file/execution-schema.js';
export { type FactorsSection, mostCells } from './study-file/factors.js';
export { hasFolds } from './study-file/has-folds.js';
export { image as imageSchema } from './study-file/image-schema.js';
export { layersText } from './study-file/layers-text.js';
export type { NetworkPreset, Vocabulary } from './study-file/names.js';
export { type ResolvedArm, resolveArm, type StudySections, studyOfArm } from './study-file/resolve-arm.js';
export {
  colour as colourSchema,
  model as modelSchema,
  studyFileSchema,
  training as trainingSchema,
} from './study-file/schema.js';
export { allKeys } from './study-file/schema-keys.js';
export { serializeStudyFile } from './study-file/serialize.js';
export { studyClasses } from './study-file/study-classes.js';
export type {
  ArmSection,
  AugmentationRanges,
  BalanceSection,
  ClassRuleSpec,
  ColorizerColour,
  ColourArm,
  ColourSpec,
  CsvColumns,
  DatasetSection,
  EndpointSection,
  ImageSection,
  LabelsSection,
  ModelSection,
  NamedColour,
  PatientRuleSpec,
  ScheduleSpec,
  SklearnSteps,
  SplitSection,
  StudyFile,
  TrainingSection,
  TuneSection,
  TuneSpace,
} from './study-file/study-file.js';
export { type Rung, rungEpochs, tuneRungs } from './study-file/tune-rungs.js';
export {
  type SearchedValues,
  searchedKeys,
  settingsText,
  type TuneSettings,
  tunedArm,
} from './study-file/tune-settings.js';
export { trainedNameOf, untrainedName } from './study-file/untrained-name.js';
export { cacheName, type StudyFolder, studyFiles, studyFilesOf } from './study-folder.js';
export type { TrialEpoch } from './trial-epoch.js';
export type { CandidateResult, TunedArm, TunedCandidate, TuningRecord } from './tuning.js';
export {
  type AchievedPrecision,
  type ArmLearning,
  type ArmResult,
  type BootstrapOutcome,
  type ClassResults,
  type Comparison,
  type ComparisonVerdict,
  type Endpoint,
  type FactorEffect,
  type FactorEffects,
  type FactorOutcome,
  type IntervalEnds,
  type Machine,
  type MetricSummary,
  type NotLearned,
  type PlannedPrecision,
  type SeedComparison,
  type SplitsComparison,
  type SplitsResult,
  type StudyFolds,
  type StudyVerdict,
  type StudyVerdictWord,
  type UnfinishedTrial,
  type VerdictReason,
  verdictWords,
} from './verdict.js';
export type { WeightsRecord } from './weights-record.js';
