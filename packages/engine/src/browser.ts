/** What of this package runs in a browser: nothing here loads a module of Node's. */
export { type GradientModel, gradientModel } from './backends/gradient-model.js';
export { evidenceFor, evidenceOf } from './explain/evidence.js';
export { gradCamPlan } from './explain/plan.js';
export type { Model } from './graph/types.js';
export { modelFromBytes } from './onnx/model-from-bytes.js';
export { writeModel } from './onnx/write.js';
export { type ModelMetadata, readMetadata } from './presets/metadata.js';
