import type {
  ArmKind,
  Audit,
  ConfusionCounts,
  DifferingKey,
  ExternalEvaluation,
  Layout,
  Part,
  PatientRuleInfo,
  Registration,
  Split,
  StudyBehaviour,
  StudyExplanation,
  StudyVerdict,
  TuningRecord,
  UnfinishedTrial,
  Unreadable,
} from '@chromaray/contracts';

/**
 * Everything a report shows, as plain data. The builder computes nothing but layout from it, so that every
 * number in a report can be traced to a file of the study.
 */
export interface ReportInput {
  /** The content of `verdict.json`. */
  readonly verdict: StudyVerdict;
  /** What was declared, when, and what became of it; null for a study that was never registered. */
  readonly registration: ReportRegistration | null;
  /** In the order of the study file, the control among them; also arms that have no finished trial. */
  readonly arms: readonly ReportArm[];
  /** The keys of the study file in which the arms differ, values in the order of `arms`; absent: not compared. */
  readonly differing?: readonly DifferingKey[];
  /** How hyperparameters were chosen; absent where they were taken as written. */
  readonly tuning?: TuningRecord;
  readonly audit: Audit;
  readonly split: Pick<Split, 'method' | 'seed' | 'imbalance' | 'notes'>;
  readonly dataset: ReportDataset;
  /** What was done to pictures and networks, in whole sentences; absent: checklists leave it to the author. */
  readonly methods?: ReportMethods;
  /** One sentence: how the training part was balanced. */
  readonly balance: string;
  readonly samples: readonly ReportSample[];
  /** True for a copy that holds no X-ray. */
  readonly picturesLeftOut?: boolean;
  /** The content of `behaviour.json`; absent: its sections are left out. */
  readonly behaviour?: StudyBehaviour;
  /** Who was studied; absent: checklists leave it to the author. */
  readonly subjects?: ReportSubjects;
  /** Records of the test part with what every arm said of them, to look through; absent: their list is left out. */
  readonly cases?: ReportCases;
  /** Pictures of the control's most confident mistakes. */
  readonly mistakes?: readonly ReportMistake[];
  /** The content of `explanation.json` with its pictures; absent: its sections are left out. */
  readonly explanation?: ReportExplanation;
  /** What the frozen models reached on other data sets, in order of name. */
  readonly external?: readonly ExternalEvaluation[];
  /** The study file's text as run. */
  readonly studyFile: string;
  /** Where pretrained weights came from, for readers who repeat the study; absent without any. */
  readonly pretrained?: ReportWeights;
  /** ISO 8601. */
  readonly started: string;
  /** ISO 8601; null while the study is unfinished. */
  readonly finished: string | null;
  /** How to make this study again, in order. */
  readonly commands: readonly ReportCommand[];
  /** What stands beside the report in the study's folder. */
  readonly files: readonly ReportFile[];
}

/** From `registration.json`, in words. */
export interface ReportRegistration {
  /** ISO 8601. */
  readonly registered: string;
  readonly origin: Registration['origin'];
  /** SHA-256 of the plan as it was registered first. */
  readonly hash: string;
  /** True when the plan in force was written down before any trial was finished. */
  readonly declaredBeforeTraining: boolean;
  readonly amendments: readonly {
    /** ISO 8601. */
    readonly at: string;
    readonly reason: string;
    /** For example `seeds added (1, 2, now 1, 2, 3)`. */
    readonly what: string;
    /** `before any result`, `after 3 trials had been trained`, `after a verdict`. */
    readonly known: string;
  }[];
  /** Verdicts that stood before an amendment. */
  readonly earlierVerdicts: readonly { readonly statement: string; readonly file: string }[];
}

/** A file of pretrained weights. */
export interface ReportWeights {
  /** Its name, without the path to it. */
  readonly file: string;
  readonly sha256: string;
  /** As its own metadata has it; null when it has none. */
  readonly licence: string | null;
}

/** What was done, for readers who write or check a methods section. Every text is one or more sentences. */
export interface ReportMethods {
  /** Width and height in pixels of what a network sees; absent where arms differ in it. */
  readonly imageSize?: number;
  /** How a picture becomes what a network sees, but for colour. */
  readonly preparation?: string;
  /** What was made wrong on purpose in the labels of the training part; absent: nothing. */
  readonly noise?: string;
  readonly model: string;
  readonly initialisation: string;
  readonly training: string;
  /** How its hyperparameters were chosen; absent where they were taken as written. */
  readonly tuning?: string;
  /** Which epoch's weights were tested. */
  readonly selection: string;
  /** Data sets from elsewhere that the frozen networks were tested on, and how often. */
  readonly external: readonly { readonly name: string; readonly looks: number }[];
}

/** One arm with its trials. */
export interface ReportArm {
  readonly name: string;
  readonly control: boolean;
  /** A few words: what the arm does to the pixels, and in what else it differs. */
  readonly description: string;
  /** The kinds of things in which it differs from the control; absent: colour alone. */
  readonly kinds?: readonly ArmKind[];
  /** Trained parameters of its network; null when no trial of it has begun. */
  readonly parameters: number | null;
  /** In the order of the study's seeds. */
  readonly trials: readonly ReportTrial[];
}

/** One arm trained with one seed. */
export interface ReportTrial {
  readonly seed: number;
  readonly state: 'finished' | UnfinishedTrial['state'];
  /** Empty before the first epoch has ended. */
  readonly epochs: readonly ReportEpoch[];
  /** Number of the epoch whose weights were tested; null when unfinished. */
  readonly selectedEpoch: number | null;
  /** Probability from which a record counts as positive, chosen on the validation part; null when unfinished. */
  readonly threshold: number | null;
  /** From (0, 0) to (1, 1) on the test part; empty when unfinished. */
  readonly roc: readonly RocPoint[];
  /** On the test part at `threshold`; null when unfinished. */
  readonly confusion: ConfusionCounts | null;
  /** Test records by probability; absent or null when unfinished. */
  readonly steps?: ThresholdSteps | null;
  /** Training throughput; null when not measured. */
  readonly imagesPerSecond: number | null;
  /** Time spent training and predicting. */
  readonly seconds: number | null;
  /** Resident memory of the trial's process at its highest; null when not measured. */
  readonly peakMemoryBytes: number | null;
  /** Share of the training time in which the trainer waited for images, 0 to 1; null when not measured. */
  readonly idleShare: number | null;
  /** The execution profile that computed it, in a line; absent or null when not recorded. */
  readonly profile?: string | null;
}

/** How many records of a part have which probability, on a scale fine enough to choose a threshold from. */
export interface ThresholdSteps {
  /** The probability is cut into so many steps of equal width; 1 itself is a step of its own. */
  readonly steps: number;
  /** Step and number of records, one after the other, for steps that hold any: `[0, 12, 997, 3]`. */
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
}

/** Who was studied, by part and class, and what was left out. */
export interface ReportSubjects {
  /** Parts in their order, positives before negatives. */
  readonly columns: readonly {
    readonly part: Part;
    /** Class name. */
    readonly label: string;
    readonly records: number;
    /** Null when not all are known. */
    readonly patients: number | null;
  }[];
  /** What the data set tells of some record at least, with the number of X-rays by column. */
  readonly attributes: readonly {
    /** `age`, `sex`, `view`, `device`, `site`, `subtype`. */
    readonly by: string;
    readonly groups: readonly { readonly group: string; readonly records: readonly number[] }[];
  }[];
  /** Of these it tells nothing. */
  readonly unknown: readonly string[];
  /** Readable records that were left out by choice. */
  readonly leftOut: readonly { readonly reason: string; readonly records: number }[];
}

/** The test part record by record, as far as it is listed. */
export interface ReportCases {
  /** The control's worst answers first. */
  readonly cases: readonly ReportCase[];
  /** Records of the test part, listed or not. */
  readonly records: number;
}

/** One record and what every arm said of it. */
export interface ReportCase {
  readonly record: string;
  /** Class name. */
  readonly label: string;
  readonly positive: boolean;
  readonly subtype: string | null;
  readonly arms: readonly {
    readonly arm: string;
    readonly control: boolean;
    /** Of the positive class, mean over seeds. */
    readonly probability: number;
    /** Seeds that call it wrong, of how many. */
    readonly wrong: number;
    readonly seeds: number;
  }[];
}

/** What an epoch came to. Losses from 0, accuracies and AUROC between 0 and 1. */
export interface ReportEpoch {
  /** From 1. */
  readonly epoch: number;
  readonly trainLoss: number;
  /** Null where it was not measured: a gap in a figure, a dash in a table, never 0. */
  readonly trainAccuracy: number | null;
  readonly validationLoss: number | null;
  readonly validationAccuracy: number | null;
  readonly validationAuroc: number | null;
  readonly learningRate: number | null;
  readonly seconds: number;
}

/** One corner of a ROC curve; both rates between 0 and 1. */
export interface RocPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** The data set in a few numbers. */
export interface ReportDataset {
  /** Folder name, without the path to it. */
  readonly name: string;
  readonly layout: Layout;
  /** Content hash. */
  readonly hash: string;
  /** Class names; the report calls the first positive. */
  readonly positive: string;
  readonly negative: string;
  readonly records: number;
  /** Null when patients are unknown. */
  readonly patients: number | null;
  readonly patientRule: PatientRuleInfo | null;
  readonly unreadable: readonly Pick<Unreadable, 'id' | 'code' | 'reason'>[];
}

/** One X-ray as every arm's network sees it. */
export interface ReportSample {
  /** Record id. */
  readonly record: string;
  /** Class name. */
  readonly label: string;
  readonly images: readonly ReportSampleImage[];
}

/** Where the networks look. */
export interface ReportExplanation {
  readonly explanation: StudyExplanation;
  /** By the path of the picture in the study's folder. */
  readonly pictures: ReadonlyMap<string, MapPictures>;
}

/** `data:image/…;base64,…`: an X-ray, and the same under its map. */
export interface MapPictures {
  readonly seen: string;
  readonly map: string;
  /** True when `seen` is what the arm's network is given; false for the plain X-ray, where that is no longer kept. */
  readonly asGiven: boolean;
}

/** A test record that the control was sure about and wrong. */
export interface ReportMistake {
  readonly record: string;
  /** Class name: the truth. */
  readonly label: string;
  readonly subtype: string | null;
  /** Probability of the positive class by arm, mean over seeds. */
  readonly probabilities: readonly { readonly arm: string; readonly probability: number }[];
  /** `data:image/png;base64,…`; null where the pixels are no longer kept. */
  readonly dataUri: string | null;
}

export interface ReportSampleImage {
  readonly arm: string;
  /** `data:image/png;base64,…` or another raster image; anything else is refused. */
  readonly dataUri: string;
}

export interface ReportCommand {
  readonly command: string;
  /** A few words: what it does. */
  readonly purpose: string;
}

export interface ReportFile {
  /** Relative to the report. */
  readonly path: string;
  /** A few words: what it holds. */
  readonly purpose: string;
}
