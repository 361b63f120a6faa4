/**
 * The original study's two data sets, made again from the X-rays they were made from. Both are copies before
 * they are parts, which is the study's mistake and the reason for making them: the audit must find it.
 */
import path from 'node:path';
import { Random } from '@chromaray/base';
import {
  type Dataset,
  type DatasetRecord,
  defaultSklearnSteps,
  type Part,
  type ReplicationPlan,
  type Split,
} from '@chromaray/contracts';
import { finishSplit, splitLikeSklearn } from '@chromaray/data';
import { copyOf, datasetOf, raiseByCopies, recordsOf } from './copies.js';
import { publishedGraySources, publishedSeed } from './published.js';

/** A data set with its parts, as the original study trained and tested on it. */
export interface OriginalSet {
  readonly dataset: Dataset;
  readonly split: Split;
  /** X-rays that were copied, the copies left out. */
  readonly sources: readonly DatasetRecord[];
}

/**
 * The colour set: a few X-rays of each class, copied to thousands, then split by scikit-learn's shuffle. Which
 * X-rays the study chose is not known; a seed chooses them here, from as many patients.
 */
export function colourSet(described: Dataset, { copies }: ReplicationPlan): OriginalSet {
  const random = new Random(publishedSeed).fork('copied X-rays');
  const choose = (positive: boolean, count: number): readonly DatasetRecord[] => {
    const candidates = [...recordsOf(described, 'train', positive, count)];
    const shuffled = random.fork(String(positive)).shuffle(candidates);
    return onePerPatient(shuffled).slice(0, count);
  };
  const negatives = choose(false, copies.negatives);
  const positives = choose(true, copies.positives);
  const half = Math.floor(copies.pictures / 2);
  const dataset = datasetOf(described, [
    ...raiseByCopies(negatives, copies.pictures - half),
    ...raiseByCopies(positives, half),
  ]);
  const split = splitLikeSklearn(dataset, defaultSklearnSteps, publishedSeed);
  return { dataset, split, sources: [...negatives, ...positives] };
}

/** Records of patients not seen before come first. */
function onePerPatient(records: readonly DatasetRecord[]): readonly DatasetRecord[] {
  const seen = new Set<string>();
  const first: DatasetRecord[] = [];
  const further: DatasetRecord[] = [];
  for (const record of records) {
    const known = record.patient !== null && seen.has(record.patient);
    (known ? further : first).push(record);
    if (record.patient !== null) seen.add(record.patient);
  }
  return [...first, ...further];
}

/**
 * The grayscale set: the official training part, each class raised with copies of one X-ray, and the official
 * test part twice, as validation and as test: the study chose checkpoint and architecture on it.
 */
export function graySet(described: Dataset, { gray }: ReplicationPlan): OriginalSet {
  const classes = [false, true].map((positive) => recordsOf(described, 'train', positive, 1));
  const sources = classes.map((records, i) => copiedBy(records, i === 1));
  const perClass = gray.perClass ?? Math.max(...classes.map(({ length }) => length));
  const train = classes.flatMap((records, i) => [
    ...records,
    ...Array.from({ length: Math.max(0, perClass - records.length) }, (_, copy) => copyOf(sources[i]!, copy + 1)),
  ]);
  const test = [false, true].flatMap((positive) => recordsOf(described, 'test', positive, 1));
  const validation = test.map((record) => copyOf(record, 'validation'));
  const dataset = datasetOf(described, [...train, ...validation, ...test]);
  const part = new Map<string, Part>();
  for (const { id } of train) part.set(id, 'train');
  for (const { id } of validation) part.set(id, 'validation');
  for (const { id } of test) part.set(id, 'test');
  const notes = [
    `Each class of the training part is raised to ${perClass} pictures with copies of one X-ray: ${sources.map(({ id }) => id).join(' and ')}.`,
    'The official test part serves as validation and as test, as in the original study.',
  ];
  const split = finishSplit(dataset, { method: 'provided', seed: publishedSeed, part }, null);
  return { dataset, split: { ...split, notes }, sources };
}

function copiedBy(records: readonly DatasetRecord[], positive: boolean): DatasetRecord {
  const name = positive ? publishedGraySources.positive : publishedGraySources.negative;
  return records.find(({ file }) => path.basename(file) === name) ?? records[0]!;
}
