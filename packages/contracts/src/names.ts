/** Names that users write, apart from what does the work: a command line's help needs only these. */
export { type Layout, layouts } from './dataset.js';
export {
  type DatasetPreset,
  datasetPresets,
  type UncertainPolicy,
  uncertainPolicies,
} from './study-file/study-file.js';
