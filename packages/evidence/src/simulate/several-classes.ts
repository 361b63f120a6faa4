import type { Random } from '@chromaray/base';
import type { PairedClassScores } from '../classes/classes-over-seeds.js';

/** A study of several classes whose truth is known. */
export interface SimulatedClasses {
  /** Patients of each class, one record each. */
  readonly patients: readonly number[];
  readonly seeds: number;
  /** How far a class's own logit lies above the others, in standard deviations of a record: of control and arm. */
  readonly separation: readonly [control: number, arm: number];
  /** Standard deviation over seeds of that distance. */
  readonly seedDeviation: number;
  /** Share of a record's variance that all networks see alike. */
  readonly shared: number;
}

/**
 * Draws probabilities of networks that read records of several classes: a softmax of logits that are normal about the
 * record's class, with one part that all networks share and one of each network's own.
 */
export function simulateClasses(study: SimulatedClasses, random: Random): PairedClassScores {
  const { patients, seeds, separation, seedDeviation, shared } = study;
  const classes = patients.length;
  const labels = patients.flatMap((count, index) => new Array<number>(count).fill(index));
  const common = labels.map(() => patients.map(() => random.normal()));
  const network = (distance: number) => {
    const own = distance + seedDeviation * random.normal();
    const columns = patients.map(() => new Float64Array(labels.length));
    labels.forEach((label, row) => {
      const logits = patients.map(
        (_, index) =>
          (index === label ? own : 0) +
          Math.sqrt(shared) * common[row]![index]! +
          Math.sqrt(1 - shared) * random.normal(),
      );
      const exponentials = logits.map(Math.exp);
      const sum = exponentials.reduce((total, value) => total + value, 0);
      exponentials.forEach((value, index) => {
        columns[index]![row] = value / sum;
      });
    });
    return columns;
  };
  const arm = Array.from({ length: seeds }, () => network(separation[1]));
  const control = Array.from({ length: seeds }, () => network(separation[0]));
  return { labels, classes, arm, control };
}
