/** What a ranking of several classes is judged by. */
export type ClassMeasure =
  /** Mean over classes of each one's AUROC against all others together. */
  | { readonly metric: 'macro-auroc' }
  /** M of Hand and Till (2001): mean over pairs of classes of the AUROC between them, by either one's probability. */
  | { readonly metric: 'hand-till' }
  /** AUROC of one class against all others together. */
  | { readonly metric: 'auroc'; readonly class: number };

/** One AUROC of a measure: records of a class against others, ranked by the probability of that class. */
export interface Contrast {
  /** Index of the class whose records, and whose probability, are meant. */
  readonly of: number;
  /** Index of the class it is set against; null for all others together. */
  readonly against: number | null;
}

/** The AUROCs whose mean a measure is. */
export function contrastsOf(measure: ClassMeasure, classes: number): readonly Contrast[] {
  const all = Array.from({ length: classes }, (_, index) => index);
  switch (measure.metric) {
    case 'auroc':
      return [{ of: measure.class, against: null }];
    case 'macro-auroc':
      return all.map((of) => ({ of, against: null }));
    case 'hand-till':
      return all.flatMap((of) => all.filter((other) => other !== of).map((against) => ({ of, against })));
  }
}
