/** Names that users write, apart from what does the work: a command line's help needs only these. */
export { type ContractName, contractNames, contracts } from './colorizer/contract.js';
export { defaultAnswer } from './training/answer.js';
export { defaultEpochs, defaultSizes } from './training/plan.js';
