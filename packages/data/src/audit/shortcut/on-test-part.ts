import type { Dataset, DatasetRecord, ShortcutBaseline, Split, ViewName } from '@chromaray/contracts';
import { aurocWithInterval, classesOverSeeds } from '@chromaray/evidence';
import { standardised } from './matrix.js';
import { ridge } from './measure.js';
import { crossValidatedScores } from './ridge.js';
import { viewFeatures } from './views.js';

const views: readonly ViewName[] = ['metadata', 'border', 'thumbnail'];

/** Of a class in the test part: fewer have no interval. */
const fewestPatients = 2;

/**
 * Classifiers that see one view of a record only, learned on the training part and tested on the test part, as the
 * networks are: those of the audit's folds, on the study's own split.
 *
 * Views that are not known are left out, and all of them where the test part has too few patients of a class.
 */
export function shortcutBaselines(dataset: Dataset, split: Split): readonly ShortcutBaseline[] {
  const records = dataset.records.filter(({ id }) => split.part.get(id) !== 'validation');
  const folds = Uint8Array.from(records, ({ id }) => Number(split.part.get(id) === 'test'));
  const labels = Uint8Array.from(records, ({ positive }) => Number(positive));
  const tested = [...folds.keys()].filter((row) => folds[row] === 1);
  const learned = [...folds.keys()].filter((row) => folds[row] === 0);
  const of = <T>(values: ArrayLike<T>): T[] => tested.map((row) => values[row]!);
  const patients = of(records.map(({ patient, pixelHash }) => patient ?? pixelHash));
  const enough = [0, 1].every(
    (label) => new Set(patients.filter((_, i) => labels[tested[i]!] === label)).size >= fewestPatients,
  );
  if (!enough || learned.length === 0) return [];
  return views.flatMap((view) => {
    const seen = viewFeatures(view, records);
    if (seen === undefined) return [];
    const features = standardised(seen, learned);
    const counts = { view, features: features.columns, trained: learned.length, tested: tested.length };
    const byRecord = (scores: ArrayLike<number>) =>
      Object.fromEntries(tested.map((row) => [records[row]!.id, scores[row]!]));
    if (features.columns === 0) {
      const scores = byRecord(labels.map(() => 0));
      return [{ ...counts, auroc: 0.5, interval: [0.5, 0.5] as const, scores }];
    }
    const scores = crossValidatedScores(features, labels, folds, ridge);
    const { auroc, interval } = aurocWithInterval(of(labels), of(scores), { patients });
    const macro = macroOf(
      records,
      dataset.several,
      (ofClass) => crossValidatedScores(features, ofClass, folds, ridge),
      tested,
    );
    return [
      { ...counts, auroc, interval: [interval.lower, interval.upper] as const, ...macro, scores: byRecord(scores) },
    ];
  });
}

/** The same of several classes: a classifier for each against the rest. */
function macroOf(
  records: readonly DatasetRecord[],
  several: readonly string[] | undefined,
  scoresOf: (labels: Uint8Array) => Float64Array,
  tested: readonly number[],
): Pick<ShortcutBaseline, 'macro'> {
  if (several === undefined) return {};
  const columns = several.map((name) => scoresOf(Uint8Array.from(records, ({ label }) => Number(label === name))));
  const { mean, interval } = classesOverSeeds(
    {
      labels: tested.map((row) => several.indexOf(records[row]!.label)),
      classes: several.length,
      patients: tested.map((row) => records[row]!.patient ?? records[row]!.pixelHash),
      scores: [columns.map((scores) => tested.map((row) => scores[row]!))],
    },
    { metric: 'macro-auroc' },
  );
  return { macro: { auroc: mean, interval: [interval.lower, interval.upper] } };
}
