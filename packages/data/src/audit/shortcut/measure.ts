import { Random } from '@chromaray/base';
import type { DatasetRecord, ViewName } from '@chromaray/contracts';
import { aurocWithInterval, type Interval } from '@chromaray/evidence';
import { type Group, groupRecords } from '../../split/groups.js';
import { standardised } from './matrix.js';
import { crossValidatedScores } from './ridge.js';
import { viewFeatures } from './views.js';

/** How well a label is predicted without the lungs. */
export interface Shortcut {
  readonly view: ViewName;
  /** Of scores by classifiers that have not seen the record's patient. */
  readonly auroc: number;
  /** 95 %, over new patients. */
  readonly interval: Interval;
  /** Features in which records differ; 0 when the view is the same for all, and the AUROC 0.5 without measuring. */
  readonly features: number;
  readonly records: number;
}

const folds = 5;
/** Patients a class needs for every fold to learn and test on some. */
export const fewestPatients = 20;
/** As a share of the records: chosen once, on the Kermany set, where 0.001 to 0.1 differ by less than 0.01 in AUROC. */
export const ridge = 0.01;

/**
 * Measures how far a view predicts the label, on folds that keep patients and copies together.
 *
 * @param isOne which records are of the class that is predicted. Default: the positive ones
 * @returns undefined when the view is not known, or a class has too few patients
 */
export function measureShortcut(
  view: ViewName,
  records: readonly DatasetRecord[],
  isOne: (record: DatasetRecord) => boolean = ({ positive }) => positive,
): Shortcut | undefined {
  const fold = assignFolds(records, isOne);
  const seen = fold && viewFeatures(view, records);
  if (fold === undefined || seen === undefined) return undefined;
  const features = standardised(seen);
  if (features.columns === 0) {
    return {
      view,
      auroc: 0.5,
      interval: { lower: 0.5, upper: 0.5, level: 0.95 },
      features: 0,
      records: records.length,
    };
  }
  const labels = Uint8Array.from(records, (record) => (isOne(record) ? 1 : 0));
  const scores = crossValidatedScores(features, labels, fold, ridge);
  const patients = records.map(({ patient, pixelHash }) => patient ?? pixelHash);
  const { auroc, interval } = aurocWithInterval(labels, scores, { patients });
  return { view, auroc, interval, features: features.columns, records: records.length };
}

/** Deals groups of records that belong together out to folds, each to the one with fewest records of its class. */
function assignFolds(
  records: readonly DatasetRecord[],
  isOne: (record: DatasetRecord) => boolean,
): Uint8Array | undefined {
  const groups = groupRecords(records);
  const isMostly = (group: Group): boolean => 2 * group.records.filter(isOne).length >= group.records.length;
  const sides = [groups.filter(isMostly), groups.filter((group) => !isMostly(group))];
  if (sides.some(({ length }) => length < fewestPatients)) return undefined;
  const ofRecord = new Map<DatasetRecord, number>();
  for (const side of sides) {
    const sizes = new Array<number>(folds).fill(0);
    for (const group of new Random('shortcut folds').shuffle([...side])) {
      const fold = sizes.indexOf(Math.min(...sizes));
      sizes[fold]! += group.records.length;
      for (const record of group.records) ofRecord.set(record, fold);
    }
  }
  return Uint8Array.from(records, (record) => ofRecord.get(record)!);
}
