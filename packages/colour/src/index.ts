export { colourOf, colourText } from './arm/colour-text.js';
export { armDescription } from './arm/describe-arm.js';
export { armPixels, inputTransform } from './arm/input-transform.js';
export { type AddOptions, addColorizer } from './colorizer/add.js';
export { type ArmColouring, openArmColouring } from './colorizer/arm-colouring.js';
export type { Colorizer, MergeMode, TensorNames } from './colorizer/colorizer.js';
export { colouredPixels } from './colorizer/coloured-pixels.js';
export { type ColorizerContract, type ContractName, contractNames, contracts } from './colorizer/contract.js';
export {
  defaultColorizerFolder,
  type InstalledColorizer,
  installedColorizers,
  installedNames,
  removeColorizer,
} from './colorizer/installed.js';
export { mapColorizer } from './colorizer/map-colorizer.js';
export type { ColorizerFile } from './colorizer/network-colorizer.js';
export { type FindOptions, openColorizer } from './colorizer/open.js';
export { type PullColorizerOptions, pullColorizer } from './colorizer/pull.js';
export { type KnownColorizer, knownColorizers } from './colorizer/registry.js';
export {
  availableColorizer,
  availableNames,
  shippedColorizers,
  shippedNames,
  untrainedNames,
} from './colorizer/shipped.js';
export { type SweepOptions, sweepRenderFactors } from './colorizer/sweep.js';
export { openUntrainedColorizer, type UntrainedOptions } from './colorizer/untrained.js';
export {
  type ColorizerNetwork,
  type ColourLoss,
  colourUNet,
  colourUNetWith,
  deoldify,
  readEncoder,
} from './network/colorizer-network.js';
export { type DeoldifySizes, defaultDeoldifySizes } from './network/deoldify-sizes.js';
export type { LastStage } from './training/adversarial/last-stages.js';
export type { AdversarialChoices } from './training/adversarial/plan.js';
export { adversarialText } from './training/adversarial/record.js';
export { defaultAnswer } from './training/answer.js';
export { colorizerCard, judgement, leftOutText } from './training/card.js';
export type { ColorizerTrainingEvent } from './training/events.js';
export { photographChanges } from './training/example.js';
export type { FeatureOptions } from './training/feature-loss.js';
export type { TrainedColorizer } from './training/finish.js';
export { type TrainColorizerOptions, trainColorizer } from './training/train-colorizer.js';
