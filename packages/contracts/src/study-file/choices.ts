import type { ActivationName, Backend, BackendOptions, Layer, Provider } from '@chromaray/engine';

// Every enumeration of a study file, once: types, schema and help texts come from here. What the engine names too is
// checked against it, without loading the engine.

export const datasetPresets = ['nih-chestxray14', 'rsna', 'chexpert'] as const;
export type DatasetPreset = (typeof datasetPresets)[number];

/** What a record with an uncertain label becomes (U-Ignore, U-Ones and U-Zeros of Irvin 2019). */
export const uncertainPolicies = ['leave-out', 'positive', 'negative'] as const;
export type UncertainPolicy = (typeof uncertainPolicies)[number];

/** Named rules that identify patients; `auto` takes the column or the file names where these identify patients, and reports it. */
export const patientRules = ['auto', 'kermany', 'kermany-number', 'column', 'dicom', 'none'] as const;

export const balanceMethods = ['none', 'weights', 'augment'] as const;

/** What lies beyond the edge of a picture that was turned or shifted. */
export const fills = ['nearest', 'constant', 'reflect', 'wrap'] as const;

/** Who executes the trials: this machine, workers that take them from a queue, a cluster. */
export const executions = ['local', 'queue', 'slurm'] as const;

/** By which execution profiles workers may compute: that of the machine which plans the study, or what they have. */
export const profileChoices = ['own', 'any'] as const;

export const optimizers = ['adam', 'adamw', 'sgd'] as const;

/** Schedules of the learning rate that need no numbers. */
export const schedules = ['constant', 'cosine', 'one-cycle'] as const;

export const losses = ['binary-cross-entropy', 'mean-squared-error', 'categorical-cross-entropy'] as const;

/** Which epoch's weights are tested: the one with the best validation loss, or the last. */
export const selections = ['best', 'last'] as const;

export const backends = ['onnxruntime', 'onednn'] as const satisfies readonly Backend['name'][];
export type TrainingBackend = (typeof backends)[number];

/** What may compute. */
export const providers = ['cpu', 'webgpu', 'cuda', 'dml', 'coreml'] as const satisfies readonly Provider[];

export const precisions = ['float32', 'bfloat16'] as const satisfies readonly BackendOptions['precision'][];

/** How hyperparameters are searched: each candidate alike, or successive halving. */
export const tuneMethods = ['random', 'halving'] as const;

/**
 * What a study may be about, declared before training; docs/evidence.md defines each. `auroc` is of the positive class or, of
 * several classes, of one against the rest (`endpoint.class`); `macro-auroc` and `hand-till` (M of Hand and Till 2001) are of
 * all classes.
 */
export const endpointMetrics = [
  'auroc',
  'auprc',
  'partial-auroc',
  'sensitivity',
  'specificity',
  'balanced-accuracy',
  'brier',
  'macro-auroc',
  'hand-till',
] as const;
export type EndpointMetric = (typeof endpointMetrics)[number];

/** Rules that read classes from file names; a pattern is another. */
export const classRules = ['kermany'] as const;

/** What each fold of a split may be, other than patients by chance. */
export const foldChoices = ['site'] as const;

/** Corrections for several arms. */
export const corrections = ['holm', 'none'] as const;

/** Whether batch normalisation takes the statistics of each batch, or keeps those it came with. */
export const batchNorms = ['update', 'frozen'] as const;

/** What becomes of a picture that is no square: stretched, or kept in shape on black. */
export const fits = ['stretch', 'letterbox'] as const;

/** A crop that leaves everything. */
export const noBorder = { left: 0, right: 0, top: 0, bottom: 0 } as const;

type Of<K extends Layer['layer']> = Extract<Layer, { readonly layer: K }>;

/** Elementwise functions of own layers. */
export const activationNames = [
  'relu',
  'leaky-relu',
  'elu',
  'gelu',
  'silu',
  'hard-swish',
  'mish',
  'softplus',
  'tanh',
  'sigmoid',
] as const satisfies readonly ActivationName[];

/** Over what own layers normalise. */
export const normKinds = ['batch', 'layer', 'group'] as const satisfies readonly Of<'norm'>['kind'][];

export const poolKinds = [
  'max',
  'average',
  'global-average',
  'global-max',
] as const satisfies readonly Of<'pool'>['kind'][];

/** How weights of own layers begin, as Keras defines it. */
export const initializers = [
  'he-normal',
  'he-uniform',
  'glorot-normal',
  'glorot-uniform',
] as const satisfies readonly Of<'conv'>['initializer'][];
