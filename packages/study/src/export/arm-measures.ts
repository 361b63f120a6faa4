import { type ArmResult, endpointName, type MetricSummary, type StudyVerdict } from '@chromaray/contracts';

/** One number of an arm on the test part. */
export interface ArmMeasure {
  /** In words: "AUROC of VIRUS against the rest". */
  readonly name: string;
  /** For programs: letters, digits and "_". */
  readonly key: string;
  readonly metric: MetricSummary;
}

const ofTwo = ['auroc', 'accuracy', 'sensitivity', 'specificity', 'f1'] as const;

/**
 * What is said of an arm outside the report. Of several classes those that set the reference against all others together are
 * left out: beside them, an "accuracy" would be taken for that of the classes.
 */
export function armMeasures(result: ArmResult, { endpoint }: Pick<StudyVerdict, 'endpoint'>): readonly ArmMeasure[] {
  const declared =
    result.endpoint === undefined
      ? []
      : [{ name: `${endpointName(endpoint)} (endpoint)`, key: 'endpoint', metric: result.endpoint }];
  const { classes } = result;
  if (classes === undefined) return [...ofTwo.map((key) => ({ name: key, key, metric: result[key] })), ...declared];
  return [
    ...declared,
    { name: 'accuracy', key: 'accuracy', metric: classes.accuracy },
    ...(classes.kappa === null ? [] : [{ name: "Cohen's kappa", key: 'kappa', metric: classes.kappa }]),
    ...classes.perClass.flatMap((one) => [
      { name: `AUROC of ${one.class} against the rest`, key: `auroc_${word(one.class)}`, metric: one.auroc },
      { name: `sensitivity for ${one.class}`, key: `sensitivity_${word(one.class)}`, metric: one.sensitivity },
    ]),
  ];
}

function word(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, '_');
}
