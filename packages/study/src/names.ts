/** Names that users write, apart from what does the work: a command line's help needs only these. */
export { type ContractName, contractNames, contracts } from './colorizer/contract.js';
export { type Layout, layouts } from './dataset/dataset.js';
export { type DatasetPreset, datasetPresets, type UncertainPolicy, uncertainPolicies } from './file/study-file.js';
export { type Paper, papers } from './report/pdf/paper.js';
