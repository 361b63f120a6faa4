import type { ModelMetadata } from '@chromaray/engine';

/** What a saved model says of one image. */
export interface Answer {
  /** Of the positive class; of several classes that of the one it is called. */
  readonly probability: number;
  /** Of each of several classes, by its name. */
  readonly probabilities?: Readonly<Record<string, number>>;
  readonly called: string;
}

/** How many numbers a model gives for an image: one, or as many as it has classes. */
export function outputsOf({ classes, positive }: ModelMetadata): number {
  return positive === undefined ? classes.length : 1;
}

/** What a model's numbers for one image mean: at its threshold, or of several classes by the largest. */
export function answerOf({ classes, positive, threshold }: ModelMetadata, outputs: Float32Array): Answer {
  if (positive === undefined || threshold === undefined) {
    const called = outputs.indexOf(Math.max(...outputs));
    const probabilities = Object.fromEntries(classes.map((name, index) => [name, outputs[index]!]));
    return { probability: outputs[called]!, probabilities, called: classes[called]! };
  }
  const probability = outputs[0]!;
  const other = classes.find((name) => name !== positive) ?? `not ${positive}`;
  return { probability, called: probability >= threshold ? positive : other };
}

/** What a reader must know to read a model's answers. */
export function answeredBy({ classes, positive, threshold }: ModelMetadata) {
  return positive === undefined || threshold === undefined ? { classes } : { positive, threshold };
}
