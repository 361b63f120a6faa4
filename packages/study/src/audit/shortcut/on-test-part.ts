import { aurocWithInterval } from '@chromaray/evidence';
import type { Dataset } from '../../dataset/dataset.js';
import type { Split } from '../../split/split.js';
import { standardised } from './matrix.js';
import { ridge } from './measure.js';
import { crossValidatedScores } from './ridge.js';
import { type ViewName, viewFeatures } from './views.js';

/** How well a label of the test part is told without looking at lungs, beside the networks of the same study. */
export interface ShortcutBaseline {
  readonly view: ViewName;
  readonly auroc: number;
  /** 95 %, over new patients. */
  readonly interval: readonly [lower: number, upper: number];
  /** Features in which records differ; 0 when the view is the same for all, and the AUROC 0.5 without measuring. */
  readonly features: number;
  /** Records it learned from, and was tested on. */
  readonly trained: number;
  readonly tested: number;
}

const views: readonly ViewName[] = ['metadata', 'border', 'thumbnail'];

/**
 * Classifiers that see one view of a record only, learned on the training part and tested on the test part, as the
 * networks are: those of the audit's folds, on the study's own split. Features are scaled by all records, which
 * tells them nothing of labels.
 *
 * Views that are not known, and tests of one class, are left out.
 */
export function shortcutBaselines(dataset: Dataset, split: Split): readonly ShortcutBaseline[] {
  const records = dataset.records.filter(({ id }) => split.part.get(id) !== 'validation');
  const folds = Uint8Array.from(records, ({ id }) => Number(split.part.get(id) === 'test'));
  const labels = Uint8Array.from(records, ({ positive }) => Number(positive));
  const tested = [...folds.keys()].filter((row) => folds[row] === 1);
  const of = <T>(values: ArrayLike<T>): T[] => tested.map((row) => values[row]!);
  if (new Set(of(labels)).size < 2 || tested.length === records.length) return [];
  return views.flatMap((view) => {
    const seen = viewFeatures(view, records);
    if (seen === undefined) return [];
    const features = standardised(seen);
    const counts = { view, features: features.columns, trained: records.length - tested.length, tested: tested.length };
    if (features.columns === 0) return [{ ...counts, auroc: 0.5, interval: [0.5, 0.5] as const }];
    const scores = crossValidatedScores(features, labels, folds, ridge);
    const patients = of(records.map(({ patient, pixelHash }) => patient ?? pixelHash));
    const { auroc, interval } = aurocWithInterval(of(labels), of(scores), { patients });
    return [{ ...counts, auroc, interval: [interval.lower, interval.upper] as const }];
  });
}
