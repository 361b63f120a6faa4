/** Names and enumerations, apart from the schemas: help texts, pages and the processes of trials load only these. */
export { type Layout, layouts } from './dataset.js';
export { endpointName, endpointOf } from './endpoint-words.js';
export { factorCells } from './factor-cells.js';
export { type Part, parts } from './part.js';
export { caseDesigns, covarianceMethods, readerMerits } from './reader-analysis.js';
export { type SplitMethod, splitMethods } from './split.js';
export {
  backends,
  type DatasetPreset,
  datasetPresets,
  patientRules,
  profileChoices,
  type UncertainPolicy,
  uncertainPolicies,
} from './study-file/choices.js';
