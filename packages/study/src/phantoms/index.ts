export {
  defaultSubtlety,
  type PhantomDatasetOptions,
  type PhantomFaults,
  type PhantomLabel,
  type PhantomPart,
  type PhantomPatients,
  type PhantomSettings,
  phantomPatients,
} from './options.js';
export type { CopiedFile, PhantomRecord, PhantomReport, PlantedFaults, UnreadableKind } from './report.js';
export { type PhantomProgress, type PhantomWriteControl, writePhantomDataset } from './write.js';
