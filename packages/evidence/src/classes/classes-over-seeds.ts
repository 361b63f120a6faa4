import { type MeasuredNetworks, meanList } from '../factorial/networks.js';
import { type Clusters, type Patients, toClusters } from '../input/clusters.js';
import { emptyError } from '../input/errors.js';
import { type Interval, requireOpenUnit } from '../interval.js';
import { aurocScoreInterval } from '../roc/score-interval.js';
import { requireSameSeeds } from '../seeds/compare-auroc.js';
import { compareMeans, type PairedComparison } from '../seeds/difference.js';
import { onLogit } from '../seeds/ratio.js';
import { meanOf } from '../seeds/summary.js';
import { type SeedsAndPatients, seedsAndPatients } from '../seeds/variance.js';
import type { ClassMeasure } from './contrasts.js';
import { type MeasuredClasses, measureClasses, pullCovariance } from './measured-classes.js';
import { type ClassLabels, type ClassScores, checkClassLabels } from './scored-classes.js';

/** Records of several classes. */
export interface ClassRecords {
  readonly labels: ClassLabels;
  readonly classes: number;
  /** The patient of each record; without it every record counts as an independent patient. */
  readonly patients?: Patients;
}

/** One arm's probabilities at several seeds, all on the same records. */
export interface ArmClassScores extends ClassRecords {
  readonly scores: readonly ClassScores[];
}

/** Of an arm and of its control: the same seeds in the same order, on the same records. */
export interface PairedClassScores extends ClassRecords {
  readonly arm: readonly ClassScores[];
  readonly control: readonly ClassScores[];
}

export interface ClassesOverSeeds extends SeedsAndPatients {
  readonly perSeed: readonly number[];
  /** Of the mean, for new patients and new seeds. */
  readonly interval: Interval;
}

/**
 * An arm's mean over seeds of a measure of several classes, with an interval for new patients and new seeds: as
 * `aurocOverSeeds`, of a mean of AUROCs.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input; `_TOO_FEW` below two patients in a class
 */
export function classesOverSeeds(arm: ArmClassScores, measure: ClassMeasure, level = 0.95): ClassesOverSeeds {
  requireOpenUnit(level, 'The confidence level');
  const placed = placeClasses(arm, arm.scores, measure);
  const perSeed = placed.networks.map(({ value }) => value);
  const spread = seedsAndPatients(perSeed, pullCovariance(placed.networks), placed.smallest - 1);
  const interval =
    spread.variance === 0
      ? aurocScoreInterval(spread.mean, placed.smallest, placed.second, level)
      : onLogit(spread, level);
  return { ...spread, perSeed, interval };
}

/**
 * The primary test for several classes: is the arm's measure, averaged over seeds, different from the control's, for new
 * patients and new seeds? As `compareAuroc`, with the variance over patients of a mean of AUROCs.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input; `_TOO_FEW` below two patients in a class
 */
export function compareClasses(paired: PairedClassScores, measure: ClassMeasure, level = 0.95): PairedComparison {
  const { arm, control } = paired;
  requireSameSeeds(arm.length, control.length);
  const { networks, smallest, second } = placeClasses(paired, [...arm, ...control], measure);
  const values = networks.map(({ value }) => value);
  return compareMeans(
    {
      arm: values.slice(0, arm.length),
      control: values.slice(arm.length),
      covariance: pullCovariance(networks),
      patientDegrees: smallest - 1,
      counts: { of: 'auroc', positives: smallest, negatives: second },
    },
    level,
  );
}

/**
 * Measures many networks that tell several classes apart, to be compared in groups; as `measureNetworks`.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input; `_TOO_FEW` below two patients in a class
 */
export function measureClassNetworks({ scores, ...records }: ArmClassScores, measure: ClassMeasure): MeasuredNetworks {
  const { networks, smallest, second } = placeClasses(records, scores, measure);
  const values = networks.map(({ value }) => value);
  return {
    values,
    groups: (members) => ({
      values: members.map((group) => meanOf(group.map((i) => values[i]!))),
      covariance: pullCovariance(members.map((group) => ({ pulls: meanList(group.map((i) => networks[i]!.pulls)) }))),
      patientDegrees: smallest - 1,
      counts: { of: 'auroc', positives: smallest, negatives: second },
    }),
  };
}

interface PlacedClasses {
  readonly networks: readonly MeasuredClasses[];
  readonly clusters: Clusters;
  /** Patients in the smallest class, and in the one after it: what a limit without variance rests on. */
  readonly smallest: number;
  readonly second: number;
}

function placeClasses(records: ClassRecords, scores: readonly ClassScores[], measure: ClassMeasure): PlacedClasses {
  if (scores.length === 0) throw emptyError('seeds');
  const labels = checkClassLabels(records.labels, records.classes);
  const clusters = toClusters(records.patients, labels.length);
  const networks = scores.map((ofSeed) => measureClasses(measure, labels, ofSeed, clusters));
  const sizes = Array.from({ length: records.classes }, (_, index) => patientsOf(index, labels, clusters));
  if (measure.metric === 'auroc') {
    const rest = new Set(clusters.ofRecord.filter((_, row) => labels[row] !== measure.class)).size;
    const [smallest, second] = [sizes[measure.class]!, rest].sort((a, b) => a - b) as [number, number];
    return { networks, clusters, smallest, second };
  }
  const [smallest, second] = sizes.sort((a, b) => a - b) as [number, number, ...number[]];
  return { networks, clusters, smallest, second };
}

function patientsOf(index: number, labels: Uint8Array, clusters: Clusters): number {
  return new Set(clusters.ofRecord.filter((_, row) => labels[row] === index)).size;
}
