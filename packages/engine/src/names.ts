/** Names that users write, apart from what does the work: a command line's help needs only these. */
export { type Provider, providerNames } from './backends/provider.js';
export { presetNames } from './presets/preset-names.js';
