/** Names that users write, apart from what does the work: a command line's help needs only these. */
export { type ContractName, contractNames, contracts } from './colorizer/contract.js';
export { defaultDeoldifySizes } from './network/deoldify-sizes.js';
export { colourLosses, networkNames } from './network/network-names.js';
export { deoldifyNumbers } from './training/adversarial/deoldify-numbers.js';
export { lastStages } from './training/adversarial/last-stages.js';
export { defaultAnswer } from './training/answer.js';
export { defaultEpochs, defaultSizes } from './training/plan.js';
