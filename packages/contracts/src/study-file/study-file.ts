import type { HeadOptions, InputScale, Layer, LearningRate, Provider } from '@chromaray/engine';
import type { Layout } from '../dataset.js';
import type { Part } from '../part.js';
import type { SplitMethod } from '../split.js';
import type {
  backends,
  balanceMethods,
  batchNorms,
  classRules,
  corrections,
  DatasetPreset,
  EndpointMetric,
  fills,
  fits,
  foldChoices,
  losses,
  optimizers,
  patientRules,
  precisions,
  schedules,
  selections,
  tuneMethods,
  UncertainPolicy,
} from './choices.js';
import type { ExecutionSection } from './execution-schema.js';
import type { FactorsSection } from './factors.js';

import type { Overrides } from './overrides.js';

/** A study file, parsed and checked, with every default filled in. docs/study-file.md explains each key. */
export interface StudyFile {
  /** Also the name of the study's folder. */
  readonly name: string;
  readonly dataset: DatasetSection;
  readonly split: SplitSection;
  readonly image: ImageSection;
  readonly balance: BalanceSection;
  /** Absent: labels are as the data set has them. */
  readonly labels?: LabelsSection;
  /** What a full factorial is made of; `arms` has its cells. Absent: the arms are listed. */
  readonly factors?: FactorsSection;
  /** At least two, exactly one of them the control. */
  readonly arms: readonly ArmSection[];
  readonly model: ModelSection;
  readonly training: TrainingSection;
  /** How hyperparameters are chosen, for all arms alike. Absent: they are as written. */
  readonly tune?: TuneSection;
  /** One trial per arm and seed. */
  readonly seeds: readonly number[];
  readonly endpoint: EndpointSection;
  /** Who executes the trials; no part of what the study is. Absent: this machine. */
  readonly execution?: ExecutionSection;
}

export interface DatasetSection {
  /** Absolute; in the file it may be relative to the file's folder. */
  readonly path: string;
  readonly layout: Layout;
  /** Layout `csv` only: a published data set, whose columns are known. */
  readonly preset?: DatasetPreset;
  /**
   * With `positive`, names of classes that are numbers, from 0: layouts `npz` and `csv`. Without it, the three or more
   * classes that the study tells apart, the reference first; see `studyClasses`.
   */
  readonly classes?: readonly string[];
  /** How the classes that a study tells apart are read from file names; absent: they are those of folders or labels. */
  readonly classRule?: ClassRuleSpec;
  /** Classes whose records are left out. */
  readonly leaveOut?: readonly string[];
  /** A list of records that are left out, with reasons. Absolute; in the file it may be relative to the file's folder. */
  readonly exclude?: string;
  /** Preset `chexpert` only; absent: `leave-out`. */
  readonly uncertain?: UncertainPolicy;
  /** Absent in a study of several classes. */
  readonly positive?: string;
  readonly patient: PatientRuleSpec;
  /** The view positions that are kept; absent: all. */
  readonly views?: readonly string[];
  /** Column names of a CSV manifest. */
  readonly columns: CsvColumns;
  /** More unreadable files than this share of all stop the study. */
  readonly unreadableShare: number;
  /** Also read what lies behind links that lead out of the data set; absent: false. */
  readonly followLinks?: boolean;
}

/** `auto` takes the column or the file names when they identify patients, and reports it when they do not. */
export type PatientRuleSpec = (typeof patientRules)[number] | { readonly pattern: string };

export interface CsvColumns {
  readonly path: string;
  readonly label: string;
  readonly patient: string;
  readonly split: string;
  readonly view: string;
  readonly sex: string;
  readonly age: string;
}

export interface SplitSection {
  readonly method: SplitMethod;
  /** Shares of the records; sum to 1. Method `provided` uses `validation` only when it must rebuild that part. */
  readonly fractions: Readonly<Record<Part, number>>;
  readonly seed: number;
  /**
   * Method `patient` only: how many splits the study is trained on, each with the next seed. Absent: one. The verdict is that
   * of the first split; the others show how the difference varies with the training set.
   */
  readonly repeats?: number;
  /**
   * Method `patient` only: the records are divided into so many folds, patients apart; each is tested on by networks that learned
   * from the others, and the verdict is of all folds together. `fractions` then say how what is not tested on is divided.
   */
  readonly folds?: number;
  /** The same with the X-rays of each site as a fold. */
  readonly by?: (typeof foldChoices)[number];
  /** Method `sklearn` only, which splits twice and takes no fractions. */
  readonly steps?: SklearnSteps;
}

/** The two calls of `train_test_split` that method `sklearn` repeats. */
export interface SklearnSteps {
  /** First call: share of all records held out for validation (`test_size`). */
  readonly validation: number;
  /** Second call: share of the rest that is trained on (`train_size`); what remains is the test part. */
  readonly train: number;
}

/** What is done to an X-ray before a network sees it, in the order of the keys but for the size, which `fit` gives. */
export interface ImageSection {
  /** Width and height in pixels of what the network sees. */
  readonly size: number;
  /** DICOM only: the contrast in place of the file's own; centre and width in units of the modality transform. */
  readonly window?: 'full' | { readonly centre: number; readonly width: number };
  /** Shares of the width and of the height that are cut off. */
  readonly crop?: Crop;
  readonly invert?: boolean;
  /** Contrast-limited adaptive histogram equalisation. */
  readonly clahe?: { readonly clip: number; readonly tiles: number };
  /** Bits of gray that are kept. */
  readonly bits?: number;
  /** JPEG quality, 1 to 100. */
  readonly jpeg?: number;
  readonly fit?: (typeof fits)[number];
  /** Standard deviation of a Gaussian, in pixels of what the network sees. */
  readonly blur?: number;
}

export interface Crop {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Labels of the training part that are made wrong on purpose. */
export interface LabelsSection {
  /** Share of the records whose label is turned: of each class, or of the classes named. */
  readonly flip: number | Readonly<Record<string, number>>;
  readonly seed: number;
}

export interface BalanceSection {
  readonly method: (typeof balanceMethods)[number];
  /** Method `augment`: training records of each class after oversampling. */
  readonly perClass?: number;
  /** Method `augment`: how copies are varied; ranges as in Keras's ImageDataGenerator. */
  readonly augmentation?: AugmentationRanges;
}

export interface AugmentationRanges {
  /** Degrees to either side, 0-180. */
  readonly rotation: number;
  /** Share of the width, to either side. */
  readonly widthShift: number;
  /** Share of the height, to either side. */
  readonly heightShift: number;
  /** Shear angle in degrees to either side. */
  readonly shear: number;
  /** Lowest and highest factor; 1 leaves the size alone. */
  readonly zoom: readonly [number, number];
  readonly horizontalFlip: boolean;
  /** Lowest and highest factor; 1 leaves the brightness alone. */
  readonly brightness: readonly [number, number];
  readonly fill: (typeof fills)[number];
}

/** Colours by name: a colour map, or `smooth-random`. */
export interface NamedColour {
  readonly map: string;
  /** `shuffled`: which order; `smooth-random`: which function. */
  readonly seed?: number;
  /** `shuffled`: whose entries. */
  readonly of?: string;
  /** `smooth-random`: as Hasler and Suesstrunk (2003) measure it. */
  readonly colourfulness?: number;
}

/** Colours by a network: a colorizer by name, or the untrained twin of one. */
export interface ColorizerColour {
  readonly colorizer: string;
  /** The network works at 16 times as many pixels a side. */
  readonly renderFactor?: number;
  /** Of the random weights of an untrained twin. */
  readonly seed?: number;
}

/** How an arm turns gray pixels into what its network sees. */
export type ColourSpec =
  | 'none'
  | 'repeat'
  | NamedColour
  | { readonly learned: true | 'gray' }
  | { readonly channels: 'information' }
  | ColorizerColour;

/** An arm that is nothing but a colour. */
export interface ColourArm {
  /** Letters, digits, `-` and `_`: it becomes part of file names. */
  readonly name: string;
  readonly control: boolean;
  readonly colour: ColourSpec;
}

/** What an arm names in place of the study's; `resolveArm` gives its whole sections. */
export interface ArmSection extends ColourArm {
  readonly image?: Overrides<ImageSection>;
  readonly balance?: Overrides<BalanceSection>;
  readonly model?: Overrides<ModelSection>;
  readonly training?: Overrides<Omit<TrainingSection, 'backend' | 'provider' | 'device' | 'threads'>>;
  /** Null: labels as the data set has them, whatever the study has. */
  readonly labels?: LabelsSection | null;
}

/** A preset, with `onnx` a network from elsewhere, or with `layers` one described here. */
export interface ModelSection {
  /** Name of an architecture. */
  readonly preset?: string;
  /** Pretrained presets: the file of their weights, ONNX or safetensors. Absolute; in the file relative to the file's folder. */
  readonly weights?: string;
  /** A pretrained network. Absolute; in the file relative to the file's folder. */
  readonly onnx?: string;
  /** A network layer by layer, from random weights. */
  readonly layers?: readonly Layer[];
  /** The tensor of `onnx` that a new head goes on. Default: found by rule. */
  readonly features?: string;
  /** What the network's pixels are scaled to. */
  readonly input?: InputScale;
  readonly head?: HeadOptions;
  /** Patterns of tensors that are not trained; `!` takes out again. */
  readonly freeze?: readonly string[];
  /** Factors on the learning rate by pattern; the last that matches decides. */
  readonly learningRates?: readonly LearningRate[];
  /** Whether batch normalisation takes the statistics of each batch, or keeps those it came with. */
  readonly batchNorm?: (typeof batchNorms)[number];
}

export interface TrainingSection {
  readonly optimizer: (typeof optimizers)[number];
  readonly learningRate: number;
  /** For `sgd`; 0 without. */
  readonly momentum: number;
  readonly batch: number;
  /** Most epochs a trial runs. */
  readonly epochs: number;
  /** Stop after so many epochs without a better validation loss; absent: never. */
  readonly patience?: number;
  readonly schedule: ScheduleSpec;
  readonly weightDecay: number;
  readonly loss: (typeof losses)[number];
  /** Share taken from the true class, 0 up to 1 (exclusive). */
  readonly labelSmoothing: number;
  /** Largest gradient norm; absent: unlimited. */
  readonly clipNorm?: number;
  /** Which epoch's weights are tested: the one with the best validation loss, or the last. */
  readonly select: (typeof selections)[number];
  readonly backend: 'auto' | (typeof backends)[number];
  /** What executes operators; all but `cpu` need the backend `onnxruntime`, which `auto` then is. */
  readonly provider: Provider;
  /** Which of several GPUs, from 0, for `cuda` and `dml`; absent: the first. */
  readonly device?: number;
  /** Threads a trial; absent: shared out over trials that run at once. */
  readonly threads?: number;
  readonly precision: (typeof precisions)[number];
}

export type ScheduleSpec =
  | (typeof schedules)[number]
  | { readonly step: { readonly every: number; readonly factor: number } };

/** A named rule, or a regular expression on path or file name whose group is the class. */
export type ClassRuleSpec = (typeof classRules)[number] | { readonly pattern: string };

export interface EndpointSection {
  readonly metric: EndpointMetric;
  /** The class that is set against the rest: for `auroc` in a study of several classes. */
  readonly class?: string;
  /** Metric `sensitivity`: at this specificity; metric `specificity`: at this sensitivity. */
  readonly at?: number;
  /** Metric `partial-auroc`: from and to which false positive rate. */
  readonly range?: readonly [number, number];
  /** Differences smaller than this are not meaningful; in units of the metric. */
  readonly margin: number;
  readonly alpha: number;
  readonly correction: (typeof corrections)[number];
  /** Bootstrap resamples. */
  readonly bootstrap: number;
}

/** A search for hyperparameters on the validation part: the same candidates and the same budget for every arm. */
export interface TuneSection {
  readonly method: (typeof tuneMethods)[number];
  /** Of each arm; the first are the study's own settings. */
  readonly candidates: number;
  /** Most epochs that a candidate is trained for; filled in with those of `training`. */
  readonly epochs?: number | undefined;
  /** Method `halving`: one of so many candidates goes on to so many times the epochs. */
  readonly reduction: number;
  /** Of the candidates drawn and of their training; none of the study's seeds. */
  readonly seed: number;
  readonly space: TuneSpace;
}

/** Numbers to choose from, or a range to draw from. */
export type SearchedNumbers =
  | readonly number[]
  | { readonly linear: readonly [number, number] }
  | { readonly log: readonly [number, number] };

/** What is searched, as the sections of a study file have it. */
export interface TuneSpace {
  readonly training?: {
    readonly learningRate?: SearchedNumbers;
    readonly batch?: SearchedNumbers;
    readonly momentum?: SearchedNumbers;
    readonly weightDecay?: SearchedNumbers;
    readonly labelSmoothing?: SearchedNumbers;
    readonly clipNorm?: SearchedNumbers;
    readonly optimizer?: readonly TrainingSection['optimizer'][];
    readonly schedule?: readonly (typeof schedules)[number][];
  };
  readonly model?: { readonly head: { readonly dropout?: SearchedNumbers } };
  /** Factor on the ranges of `balance.augmentation`. */
  readonly augmentation?: { readonly strength?: SearchedNumbers };
}
