/**
 * The harness under its own test. A program that gives verdicts must show how often they are wrong: studies
 * whose truth is known are made again and again, judged by the same functions as real studies, and counted.
 */
import { type ChromarayError, Random } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { expectedPrecision, power, simulateArms, trueDifference } from '@chromaray/evidence';
import { programVersions } from '../prepare/environment.js';
import { Journal } from './journal.js';
import { type JudgedStudy, judge } from './judge.js';
import { type BrokenLimit, brokenLimits } from './limits.js';
import { type CountedRate, countedRate, pooledRate, type SeriesRates, seriesRates } from './rates.js';
import { aaSeries, type CalibrationSeries, plantedSeries } from './series.js';
import { type TrainedDesign, trainedDesign, trainedStudy } from './trained-study.js';

export interface CalibrateOptions {
  /** Simulated studies of each series. */
  readonly studies: number;
  /** Which kinds of simulated studies; all of `aaSeries` and `plantedSeries` by default. */
  readonly series?: readonly CalibrationSeries[];
  /** A/A studies with real training; 0 for none. */
  readonly trained: number;
  /** Default {@link trainedDesign}. */
  readonly trainedDesign?: TrainedDesign;
  /** Where trained studies are kept, so that an interrupted run resumes; absent: nowhere. */
  readonly journal?: string;
  readonly seed?: number | string;
  readonly onProgress?: (progress: CalibrationProgress) => void;
  readonly signal?: AbortSignal;
}

export interface CalibrationProgress {
  readonly done: number;
  readonly total: number;
  readonly series: string;
}

/** One line of the calibration table. */
export interface CalibratedSeries extends SeriesRates {
  readonly name: string;
  /** How the scores came about. */
  readonly scores: 'simulated' | 'trained';
  readonly trueDifference: number;
  readonly margin: number;
  /** What the power calculation before a study promises; null where the truth is 0. */
  readonly promisedPower: number | null;
  /** Share of studies with a wrong claim: "helps" or "harms" in A/A, the wrong direction or equivalence where planted. */
  readonly wrongVerdicts: CountedRate;
}

export interface Calibration {
  readonly alpha: number;
  /** No rate of a simulated series lies outside its limits by more than chance explains. */
  readonly passed: boolean;
  readonly broken: readonly BrokenLimit[];
  /** Over all simulated A/A series; null without one. */
  readonly typeIError: CountedRate | null;
  /** Of intervals of at least 1 - alpha, over all simulated series. */
  readonly coverage: CountedRate;
  /** Over the simulated series with a planted effect beyond the margin, with what was promised on average; null without. */
  readonly power: (CountedRate & { readonly promised: number }) | null;
  readonly series: readonly CalibratedSeries[];
  readonly seed: number | string;
  readonly seconds: number;
  readonly versions: Readonly<Record<string, string>>;
}

const alpha = 0.05;
const trainedMargin = 0.05;
const trainedName = 'A/A with training on phantoms';

/**
 * Measures type I error, coverage and power.
 *
 * @throws ChromarayError `CHROMARAY_CALIBRATE_STUDIES` for counts that cannot be; `CHROMARAY_INTERRUPTED`
 */
export async function calibrate(options: CalibrateOptions): Promise<Calibration> {
  const { studies, trained, seed = 'calibration', onProgress = () => {} } = options;
  const signal = options.signal ?? new AbortController().signal;
  requireCounts(studies, trained);
  const begun = performance.now();
  const random = new Random(seed);
  const simulatedSeries = options.series ?? [...aaSeries, ...plantedSeries];
  const total = simulatedSeries.length * studies + trained;
  let done = 0;
  const step = (series: string): void => onProgress({ done: ++done, total, series });

  const rows: CalibratedSeries[] = [];
  const broken: BrokenLimit[] = [];
  for (const series of simulatedSeries) {
    const ofSeries = random.fork(series.name);
    const judged: JudgedStudy[] = [];
    for (let i = 0; i < studies; i++) {
      if (i % 20 === 0) await breathe(signal);
      judged.push(judge(simulateArms(series.design, series.arms ?? 1, ofSeries.fork(i)), series.margin, alpha));
      step(series.name);
    }
    const row = simulatedRow(series, judged);
    rows.push(row);
    broken.push(...brokenLimits(series.name, row, series.limits));
  }
  const identical = rows.filter(({ trueDifference }) => trueDifference === 0);
  const beyond = rows.filter(({ trueDifference, margin }) => trueDifference > margin);
  const trainedRows = trained === 0 ? [] : [await trainedRow(options, random, step, signal)];
  return {
    alpha,
    passed: broken.length === 0,
    broken,
    typeIError: identical.length === 0 ? null : pooledRate(identical.map(({ significant }) => significant)),
    coverage: pooledRate(rows.map(({ coverage }) => coverage)),
    power:
      beyond.length === 0
        ? null
        : {
            ...pooledRate(beyond.map(({ significant }) => significant)),
            promised: beyond.reduce((sum, row) => sum + row.promisedPower!, 0) / beyond.length,
          },
    series: [...rows, ...trainedRows],
    seed,
    seconds: (performance.now() - begun) / 1000,
    versions: programVersions('onnxruntime'),
  };
}

function simulatedRow({ name, design, margin }: CalibrationSeries, judged: readonly JudgedStudy[]): CalibratedSeries {
  const truth = trueDifference(design);
  return {
    name,
    scores: 'simulated',
    trueDifference: truth,
    margin,
    promisedPower: truth === 0 ? null : promisedPower(design),
    wrongVerdicts: countedRate(judged, (study) => isWrong(study, truth, margin)),
    ...seriesRates(judged, truth, alpha)!,
  };
}

async function trainedRow(
  options: CalibrateOptions,
  random: Random,
  step: (series: string) => void,
  signal: AbortSignal,
): Promise<CalibratedSeries> {
  const design = options.trainedDesign ?? trainedDesign;
  const versions = programVersions('onnxruntime');
  const journal = Journal.open(options.journal, { design, seed: options.seed ?? null, alpha, trainedMargin, versions });
  const judged = journal.done.slice(0, options.trained);
  for (const _ of judged) step(trainedName);
  for (let i = judged.length; i < options.trained; i++) {
    await breathe(signal);
    const study = judge(await interruptible(design, random.fork(`trained/${i}`), signal), trainedMargin, alpha, 0.5);
    journal.add(study);
    judged.push(study);
    step(trainedName);
  }
  return {
    name: trainedName,
    scores: 'trained',
    trueDifference: 0,
    margin: trainedMargin,
    promisedPower: null,
    wrongVerdicts: countedRate(judged, (study) => isWrong(study, 0, trainedMargin)),
    ...seriesRates(judged, 0, alpha)!,
  };
}

/** The power that a plan would promise which knew the counts and how much seeds vary. */
function promisedPower(design: CalibrationSeries['design']): number {
  const recordsPerPatient = (1 + design.mostRecordsPerPatient) / 2;
  const precision = expectedPrecision({
    auroc: design.auroc + design.effect / 2,
    positives: design.positivePatients * recordsPerPatient,
    negatives: design.negativePatients * recordsPerPatient,
    recordsPerPatient,
    seeds: design.seeds,
    seedDeviation: design.seedDeviation,
  });
  return power(design.effect, precision, alpha);
}

function isWrong(study: JudgedStudy, truth: number, margin: number): boolean {
  return study.some(({ verdict }) => {
    if (truth === 0) return verdict === 'helps' || verdict === 'harms';
    return verdict === 'harms' || (verdict === 'no meaningful difference' && truth >= margin);
  });
}

/** Lets Ctrl-C be heard between two pieces of work. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw interrupted();
}

async function interruptible(design: TrainedDesign, random: Random, signal: AbortSignal) {
  try {
    return await trainedStudy(design, random, signal);
  } catch (error) {
    throw signal.aborted ? interrupted() : error;
  }
}

function interrupted(): ChromarayError {
  return codedError('CHROMARAY_INTERRUPTED', {
    message: 'The calibration was interrupted. Trained studies that were done are kept.',
    remedy: 'Run the same command again: it resumes where it stopped.',
  });
}

function requireCounts(studies: number, trained: number): void {
  const whole = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;
  if (whole(studies, 2) && whole(trained, 0)) return;
  throw codedError('CHROMARAY_CALIBRATE_STUDIES', {
    message: `${studies} simulated and ${trained} trained studies cannot be made; at least 2 and 0 whole ones are needed.`,
    details: { studies, trained },
  });
}
