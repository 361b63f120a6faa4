export { ChromarayError, isChromarayError } from '@chromaray/base';
export { collapseRule } from './adversarial/collapse.js';
export { fitAdversarial } from './adversarial/fit-adversarial.js';
export type {
  AdversarialEvent,
  AdversarialOptions,
  AdversarialRequest,
  AdversarialResult,
  Collapse,
  CollapseRule,
  PlayerOptions,
  StretchRecord,
  Switching,
} from './adversarial/types.js';
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
export { bindDimensions } from './builder/bind-dimensions.js';
export { GraphBuilder } from './builder/builder.js';
export { foldConstants } from './builder/fold-constants.js';
export { inferShapes } from './builder/infer-shapes.js';
export { extractSubgraph } from './builder/subgraph.js';
export { upgradeOpset } from './builder/upgrade-opset.js';
export { type DifferentiateOptions, type DifferentiateStart, differentiate } from './differentiate/differentiate.js';
export { evidenceFor } from './explain/evidence.js';
export type { FeatureMap } from './explain/feature-map.js';
export { type Explanation, GradCam, type GradCamOptions } from './explain/grad-cam.js';
export { type WeightLayer, weightLayers, withShuffledWeights } from './explain/shuffle-weights.js';
export { type ArrayExamples, arraySource } from './fit/array-source.js';
export { fit } from './fit/fit.js';
export type {
  CheckpointOptions,
  EarlyStopping,
  EpochRecord,
  FitEvent,
  FitOptions,
  FitRequest,
  FitResult,
  Monitor,
} from './fit/fit-types.js';
export { checkMemory, type MemoryRequest, machineMemory } from './fit/memory.js';
export { learningRateAt, type Plan } from './fit/schedules.js';
export { countParameters, estimateTrainingMemory } from './fit/size.js';
export type { GraphWriter, NodeOptions } from './graph/graph-writer.js';
export { defaultOpset } from './graph/opset.js';
export { removeDeadNodes } from './graph/prune.js';
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
export { addHead, type HeadOptions } from './layers/head.js';
export { type Initializer, initialWeights } from './layers/initializers.js';
export { addInputScale, type InputScale } from './layers/input-scale.js';
export { addInput, type InputTransform, networkChannels, pixelChannels } from './layers/input-transform.js';
export { type ConvolutionOptions, type LayerOptions, NetworkBuilder } from './layers/network-builder.js';
export { addSelfAttention } from './layers/self-attention.js';
export { checkPicturesApart } from './mixing/check-pictures-apart.js';
export { loadModel, type ReadModelOptions, readModel } from './onnx/read.js';
export { saveModel } from './onnx/save.js';
export { writeModel } from './onnx/write.js';
export { type PredictOptions, Predictor, predict } from './prediction/predictor.js';
export { type FloatTensor, OnnxRunner, type TensorDeclaration } from './prediction/run-onnx.js';
export { buildDeoldifyCritic, type DeoldifyCriticOptions } from './presets/deoldify/critic.js';
export {
  buildDeoldifyGenerator,
  type DeoldifyGeneratorOptions,
  imagenet,
} from './presets/deoldify/generator.js';
export { type ModelMetadata, readMetadata, researchUseNotice, withMetadata } from './presets/metadata.js';
export { buildLayers } from './presets/own/build-layers.js';
export type { ActivationName, Layer, PlainLayer, ResidualLayer } from './presets/own/layer.js';
export {
  type OnnxSource,
  type PresetSource,
  prepareTransfer,
  type Transfer,
  type TransferOptions,
} from './presets/prepare-transfer.js';
export type { Preset, PresetOptions, PretrainedPreset } from './presets/preset.js';
export { presetNames } from './presets/preset-names.js';
export { type BuildOptions, buildPreset, findPreset, presets } from './presets/registry.js';
export { type LayerSummary, type NetworkSummary, summarizeModel } from './summary/summarize.js';
export { lossNetwork } from './training/loss/loss-network.js';
export type { CriticLoss, ElementLoss, FeatureLoss, Loss, ShownAs, WeightedLoss } from './training/loss/types.js';
export { kerasKernelAxes } from './training/step/constraints.js';
export type {
  BatchMemory,
  BatchPlace,
  Constraint,
  ExampleSource,
  Optimizer,
  Schedule,
  TrainableModel,
} from './training/types.js';
export { withPictureSize } from './training/with-picture-size.js';
export { withWeights } from './training/with-weights.js';
export { type Backbone, backbonePrefix, readBackbone } from './transfer/backbone.js';
export { type ImportedNetwork, type ImportOptions, importNetwork } from './transfer/import-network.js';
export type { UntrainedConstant } from './transfer/trainable-tensors.js';
export { type LearningRate, type Tuned, type TuningOptions, tune } from './transfer/tuning.js';
export { loadWeights, type WeightsFile } from './transfer/weights-file.js';
export type { WidenedNumbers } from './transfer/widen.js';
