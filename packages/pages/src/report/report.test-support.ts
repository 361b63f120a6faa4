import { Random } from '@chromaray/base';
import type { StudyVerdict } from '@chromaray/contracts';
import type { ReportArm, ReportCases, ReportInput, ReportSubjects } from './report-input.js';
import { samplePictures } from './sample-pictures.test-support.js';
import { compare, summarise } from './sample-summaries.test-support.js';
import { negatives, positives, sampleArm } from './sample-trials.test-support.js';

/** How a made-up study is to come out. */
export interface SampleStudy {
  readonly seeds?: readonly number[];
  readonly epochs?: number;
  /** Arm names with the distance, in standard deviations, between the scores of both classes. */
  readonly arms?: Readonly<Record<string, number>>;
  readonly samples?: number;
}

/** A whole study as it could have been, made by seeded chance: scores are normal with one distance per arm. */
export function sampleInput(study: SampleStudy = {}): ReportInput {
  const seeds = study.seeds ?? [1, 2, 3];
  const distances = study.arms ?? {
    gray: 2.42,
    gray3: 2.3,
    turbo: 2.34,
    deoldify: 2.38,
    shuffled: 1.85,
    learned: 2.52,
  };
  const arms = Object.entries(distances).map(([name, distance], i) =>
    sampleArm(name, i === 0, distance, seeds, study.epochs ?? 22),
  );
  const control = arms[0]!;
  const summaries = arms.map((arm) => summarise(arm));
  const comparisons = arms.slice(1).map((arm) => compare(arm, control));
  const verdict: StudyVerdict = {
    study: 'does-colour-help',
    verdict: 'inconclusive',
    statement:
      'No colour arm was shown to be better than gray: the interval of every arm but shuffled reaches past the margin of 0.01 ' +
      'on both sides or one, and shuffled is worse.',
    endpoint: { metric: 'auroc', part: 'test', margin: 0.01, alpha: 0.05, correction: 'holm', bootstrap: 2000 },
    arms: summaries,
    comparisons,
    counts: {
      train: { records: 4099, patients: 2236, positives: 3030, negatives: 1069 },
      validation: { records: 1133, patients: 640, positives: 845, negatives: 288 },
      test: { records: 624, patients: 414, positives, negatives },
    },
    risksAccepted: [],
    unfinished: [],
    smallestDetectable: 0.014,
    versions: { chromaray: '0.1.0', node: '20.20.2', 'onnxruntime-node': '1.30.0', sharp: '0.34.1' },
    machine: {
      system: 'Debian GNU/Linux 12',
      architecture: 'x64',
      processor: 'Intel Xeon (Sapphire Rapids)',
      cores: 2,
      memoryBytes: 8 * 2 ** 30,
      accelerator: null,
    },
    seconds: 15840,
  };
  return {
    verdict,
    registration: {
      registered: '2026-03-01T09:00:00.000Z',
      origin: 'register',
      hash: 'c0ffee',
      declaredBeforeTraining: true,
      amendments: [],
      earlierVerdicts: [],
    },
    arms,
    audit: {
      dataset: '3f6a',
      findings: [
        {
          id: 'near-duplicates',
          severity: 'warns',
          title: '14 near duplicates within the training part',
          reason: 'Copies count twice in training and can make a network look surer than it is.',
          remedy: 'Keep one record of each group.',
          records: Array.from({ length: 14 }, (_, i) => `train/PNEUMONIA/person${100 + i}_bacteria_${200 + i}.jpeg`),
          evidence: {},
        },
        {
          id: 'class-imbalance',
          severity: 'notes',
          title: '2.9 times more PNEUMONIA than NORMAL',
          reason: 'A network that always answers PNEUMONIA would be right in 73 % of the records.',
          remedy: 'Read sensitivity and specificity beside accuracy.',
          records: [],
          evidence: {},
        },
      ],
      checks: ['unreadable', 'exact-duplicates', 'patient-across-parts', 'near-duplicates', 'class-imbalance'],
      counts: { records: 5856, unreadable: 1, patients: 3290, blocks: 0, warns: 1, notes: 1 },
      seconds: 42,
    },
    split: {
      method: 'provided',
      seed: 42,
      imbalance: {
        prevalence: 0.7285,
        prevalenceByPart: { train: 0.7392, validation: 0.7458, test: 0.625 },
        largestPrevalenceGap: 0.1035,
        largestSizeGap: 0,
      },
      notes: [
        'The validation part of the data set holds 16 records, too few to choose a threshold: patients of the training part replace it.',
      ],
    },
    dataset: {
      name: 'chest_xray',
      layout: 'kaggle',
      hash: '3f6a9c01d2b7e4885f10aa63be907c2d4416f8e3b1d05c7792ee3a0b9f64c81d',
      positive: 'PNEUMONIA',
      negative: 'NORMAL',
      records: 5856,
      patients: 3290,
      patientRule: { name: 'kermany', description: 'The number after `person` or `IM-` in the file name.' },
      unreadable: [
        {
          id: 'train/NORMAL/IM-0999.jpeg',
          code: 'CHROMARAY_IMAGE_TRUNCATED',
          reason: 'The file ends before the picture does.',
        },
      ],
    },
    methods: {
      imageSize: 128,
      model: 'A convolutional network (preset gray-final) on pictures of 128 x 128 pixels.',
      initialisation: 'Random, from the seed of the trial.',
      training: 'Trained with adam, learning rate 0.001, batches of 32, for at most 22 epochs.',
      selection: 'The weights of the epoch with the lowest validation loss were tested.',
      external: [],
    },
    balance: 'Training records were raised to 3,030 a class by seeded augmentation.',
    subjects: sampleSubjects(verdict),
    cases: sampleCases(arms),
    samples: samplePictures(
      arms.map((arm) => arm.name),
      study.samples ?? 2,
    ),
    studyFile:
      'name: does-colour-help\ndataset: { path: ../shared/data/chest_xray, layout: kaggle, positive: PNEUMONIA }\nseeds: [1, 2, 3]\n',
    started: '2025-06-12T08:01:00Z',
    finished: '2025-06-12T12:25:00Z',
    commands: [{ command: 'npx chromaray study run study.yaml', purpose: 'runs or resumes the study' }],
    files: [
      { path: 'verdict.json', purpose: 'everything concluded, for machines' },
      { path: 'predictions.csv', purpose: 'the probability of every record, arm and seed' },
    ],
  };
}

function sampleSubjects({ counts }: StudyVerdict): ReportSubjects {
  const columns = (['train', 'validation', 'test'] as const).flatMap((part) => {
    const { positives: sick, negatives: healthy, patients } = counts[part];
    return [
      { part, label: 'PNEUMONIA', records: sick, patients: Math.round(0.7 * patients!) },
      { part, label: 'NORMAL', records: healthy, patients: Math.round(0.3 * patients!) },
    ];
  });
  const share = (of: number) => columns.map(({ records }) => Math.floor(of * records));
  const rest = (of: number) => columns.map(({ records }, i) => records - share(of)[i]!);
  return {
    columns,
    attributes: [
      {
        by: 'age',
        groups: [
          { group: '1-4', records: share(0.8) },
          { group: 'not known', records: rest(0.8) },
        ],
      },
      {
        by: 'sex',
        groups: [
          { group: 'female', records: share(0.45) },
          { group: 'male', records: rest(0.45) },
        ],
      },
    ],
    unknown: ['view', 'device', 'site'],
    leftOut: [{ reason: 'the view is LL', records: 12 }],
  };
}

function sampleCases(arms: readonly ReportArm[]): ReportCases {
  const random = new Random('cases');
  const cases = Array.from({ length: 40 }, (_, i) => ({
    record: `${i % 5 === 0 ? 'train' : 'test'}/${i % 2 === 0 ? 'PNEUMONIA' : 'NORMAL'}/${i}.jpeg`,
    label: i % 2 === 0 ? 'PNEUMONIA' : 'NORMAL',
    positive: i % 2 === 0,
    subtype: null,
    arms: arms.map(({ name: arm, control, trials }) => ({
      ...{ arm, control, seeds: trials.length },
      probability: random.float(),
      wrong: Math.floor(random.float() * (trials.length + 1)),
    })),
  }));
  return { cases, records: 624 };
}

/** A study interrupted: gray has finished, one trial of turbo has failed, shuffled has not begun. */
export function partialInput(): ReportInput {
  const whole = sampleInput({ seeds: [1, 2], epochs: 6, arms: { gray: 2.4, turbo: 2.3, shuffled: 1.9 } });
  const undone = {
    selectedEpoch: null,
    threshold: null,
    roc: [],
    confusion: null,
    imagesPerSecond: null,
    peakMemoryBytes: null,
    idleShare: null,
  };
  const [gray, turbo, shuffled] = whole.arms;
  const arms: ReportArm[] = [
    gray!,
    {
      ...turbo!,
      trials: turbo!.trials.map((trial, i) =>
        i === 0 ? trial : { ...trial, ...undone, state: 'failed', epochs: trial.epochs.slice(0, 3) },
      ),
    },
    {
      ...shuffled!,
      parameters: null,
      trials: shuffled!.trials.map((trial) => ({ ...trial, ...undone, state: 'waiting', epochs: [], seconds: 0 })),
    },
  ];
  const oneSeed = { ...turbo!, trials: turbo!.trials.slice(0, 1) };
  return {
    ...whole,
    arms,
    finished: null,
    verdict: {
      ...whole.verdict,
      arms: [summarise(gray!), summarise(oneSeed)],
      comparisons: [compare(oneSeed, gray!)],
      unfinished: [
        { arm: 'turbo', seed: 2, state: 'failed', reason: 'The loss became NaN in step 120.' },
        { arm: 'shuffled', seed: 1, state: 'waiting', reason: null },
        { arm: 'shuffled', seed: 2, state: 'waiting', reason: null },
      ],
    },
  };
}
