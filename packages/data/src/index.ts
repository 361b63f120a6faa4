export { auditDataset } from './audit/audit.js';
export type { AuditProgress, RecordEvidence } from './audit/check.js';
export { findingIds } from './audit/checks/index.js';
export { gate, refuseUnknownFindings } from './audit/gate.js';
export { nearDuplicateSteps } from './audit/near-duplicates/find-near-duplicates.js';
export { nearDuplicateGroups, searchNearDuplicates } from './audit/near-duplicates/groups.js';
export type { ComparedPicture } from './audit/near-duplicates/picture-search.js';
export { Union } from './audit/near-duplicates/union.js';
export { measureShortcut, type Shortcut } from './audit/shortcut/measure.js';
export { shortcutBaselines } from './audit/shortcut/on-test-part.js';
export { augmentationOptions } from './balance/augmentation-options.js';
export { balanceFacts } from './balance/facts.js';
export { noisyTraining, turnedLabels } from './balance/noisy-labels.js';
export { type BalancePlan, planBalance, type TrainingEntry } from './balance/plan.js';
export { defaultColumns } from './dataset/csv-layout.js';
export { type DescribeOptions, describeDataset, type ListedDataset } from './dataset/describe.js';
export { addExclusions, type Exclusion, readExclusions, removeExclusions } from './dataset/exclusions.js';
export type { DescribeProgress } from './dataset/inspect-all.js';
export type { ListingOptions } from './dataset/list.js';
export { areLossesUnequal, describeLosses } from './dataset/losses.js';
export { type UnreadableCause, unreadableCauses } from './dataset/refuse-unreadable.js';
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
export { writeManifest } from './manifest/manifest.js';
export { demoPhantoms } from './phantoms/demo.js';
export {
  defaultSubtlety,
  type PhantomDatasetOptions,
  type PhantomFaults,
  type PhantomLabel,
  type PhantomPart,
  type PhantomPatients,
  type PhantomSettings,
  phantomPatients,
} from './phantoms/options.js';
export type { CopiedFile, PhantomRecord, PhantomReport, PlantedFaults, UnreadableKind } from './phantoms/report.js';
export { type PhantomProgress, type PhantomWriteControl, writePhantomDataset } from './phantoms/write.js';
export { countRecords, finishSplit } from './split/counts.js';
export { makeSplit, sectionOfSplit, splitCount } from './split/make-split.js';
export { sitesOf } from './split/sites.js';
export { splitLikeSklearn } from './split/sklearn.js';
export { refuseThinClasses } from './split/thin-classes.js';
