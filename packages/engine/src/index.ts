export { ChromarayError, isChromarayError } from '@chromaray/base';
export type {
  Backend,
  BackendDescription,
  BackendOptions,
  ForwardOutput,
  GradientOutput,
  GradientSession,
  GradientSpecification,
  InferenceSession,
  StepInput,
  StepOutput,
  TrainingSession,
  TrainingSpecification,
  TrainingState,
} from './backends/backend.js';
export { telemetry } from './backends/onnxruntime/library.js';
export { probeProvider, probeProviders, requireProvider } from './backends/probe/probe.js';
export type { ProviderState } from './backends/probe/provider-state.js';
export { type Provider, providerNames } from './backends/provider.js';
export { type BackendAvailability, backendNames, createBackend, describeBackends } from './backends/registry.js';
export { type DifferentiateOptions, type DifferentiateStart, differentiate } from './differentiate/differentiate.js';
export type { FeatureMap } from './explain/feature-map.js';
export { type Explanation, evidenceFor, GradCam, type GradCamOptions } from './explain/grad-cam.js';
export { type WeightLayer, weightLayers, withShuffledWeights } from './explain/shuffle-weights.js';
export { bindDimensions } from './graph/bind-dimensions.js';
export { GraphBuilder, type NodeOptions } from './graph/builder.js';
export { foldConstants } from './graph/fold-constants.js';
export { inferShapes } from './graph/infer-shapes.js';
export { defaultOpset } from './graph/opset.js';
export { removeDeadNodes } from './graph/prune.js';
export { extractSubgraph } from './graph/subgraph.js';
export {
  boolTensor,
  byteTensor,
  doubleTensor,
  floatTensor,
  intTensor,
  tensorOf,
  tensorValues,
} from './graph/tensor.js';
export type {
  Attribute,
  Attributes,
  AttributeValue,
  Dim,
  DType,
  Graph,
  GraphNode,
  Model,
  Shape,
  Tensor,
  TensorData,
  ValueInfo,
  ValueType,
} from './graph/types.js';
export { upgradeOpset } from './graph/upgrade-opset.js';
export { loadModel, type ReadModelOptions, readModel } from './onnx/read.js';
export { saveModel, writeModel } from './onnx/write.js';
export { type PredictOptions, Predictor, predict } from './prediction/predictor.js';
export { type FloatTensor, OnnxRunner, type TensorDeclaration } from './prediction/run-onnx.js';
export { addHead, type HeadOptions } from './presets/head.js';
export { type Initializer, initialWeights } from './presets/initializers.js';
export { addInputScale, type InputScale } from './presets/input-scale.js';
export { type InputTransform, networkChannels, pixelChannels } from './presets/input-transform.js';
export { type ModelMetadata, readMetadata, researchUseNotice, withMetadata } from './presets/metadata.js';
export { type ConvolutionOptions, type LayerOptions, NetworkBuilder } from './presets/network-builder.js';
export type { Preset, PresetOptions, PretrainedPreset } from './presets/preset.js';
export { presetNames } from './presets/preset-names.js';
export { type BuildOptions, buildPreset, presets } from './presets/registry.js';
export { type ArrayExamples, arraySource } from './training/array-source.js';
export { fit } from './training/fit.js';
export type {
  CheckpointOptions,
  EarlyStopping,
  EpochRecord,
  FitEvent,
  FitOptions,
  FitRequest,
  FitResult,
  Monitor,
} from './training/fit-types.js';
export { checkMemory, type MemoryRequest, machineMemory } from './training/memory.js';
export { learningRateAt, type Plan } from './training/schedules.js';
export { countParameters, estimateTrainingMemory } from './training/size.js';
export { kerasKernelAxes } from './training/step/constraints.js';
export type { Constraint, ExampleSource, Loss, Optimizer, Schedule, TrainableModel } from './training/types.js';
export { withWeights } from './training/with-weights.js';
export { type ImportOptions, importNetwork } from './transfer/import-network.js';
export {
  type OnnxSource,
  type PresetSource,
  prepareTransfer,
  type Transfer,
  type TransferOptions,
} from './transfer/prepare.js';
export { type LearningRate, type Tuned, type TuningOptions, tune } from './transfer/tuning.js';
export { loadWeights, type WeightsFile } from './transfer/weights-file.js';
