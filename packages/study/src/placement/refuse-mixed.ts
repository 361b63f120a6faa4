import { count, counted } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { Placement, TrialTask } from '@chromaray/trials';
import type { FinishedTrial } from './finished-trials.js';

/** An arm and its control of one seed, of which one is still to be computed, elsewhere than the other. */
interface MixedPair {
  readonly seed: number;
  readonly sides: readonly { readonly arm: string; readonly processor: string; readonly isFinished: boolean }[];
}

/**
 * Refuses to compute an arm by another processor than its control of the same seed: sums would be added in another order, and the two
 * differ by more than what the study file names.
 *
 * @param tasks all trials of one split, which every other has too
 * @throws ChromarayError `CHROMARAY_EXECUTION_MIXED`
 */
export function refuseMixed(
  tasks: readonly TrialTask[],
  control: string,
  finished: readonly FinishedTrial[],
  place: Placement,
): void {
  const splits = new Set([1, ...finished.map(({ split }) => split)]);
  const pairs = [...splits].flatMap((split) =>
    mixedPairs(
      tasks,
      control,
      finished.filter((one) => one.split === split),
      place,
    ),
  );
  const [first] = pairs;
  if (first === undefined) return;
  const sides = first.sides.map(
    ({ arm, processor, isFinished }) => `"${arm}" ${isFinished ? 'was' : 'would be'} computed on ${processor}`,
  );
  const others =
    pairs.length === 1 ? '' : `, and ${counted(pairs.length - 1, 'further comparison')} would be of two kinds as well`;
  throw codedError('CHROMARAY_EXECUTION_MIXED', {
    message: `Of seed ${count(first.seed)}, ${sides.join(' and ')}: they may differ by more than what their arms differ in${others}.`,
    details: { seed: first.seed, sides: first.sides, comparisons: pairs.length },
  });
}

function mixedPairs(
  tasks: readonly TrialTask[],
  control: string,
  finished: readonly FinishedTrial[],
  place: Placement,
): readonly MixedPair[] {
  const sideOf = (task: TrialTask) => {
    const done = finished.find(({ arm, seed }) => arm === task.arm && seed === task.seed);
    return {
      arm: task.arm,
      processor: done === undefined ? place(task) : done.processor,
      isFinished: done !== undefined,
    };
  };
  return tasks.flatMap((task) => {
    const of = tasks.find(({ arm, seed }) => arm === control && seed === task.seed);
    if (task.arm === control || of === undefined) return [];
    const sides = [sideOf(of), sideOf(task)];
    if (sides.every(({ isFinished }) => isFinished)) return [];
    const known = sides.flatMap(({ processor, ...side }) => (processor === null ? [] : [{ ...side, processor }]));
    return known.length < 2 || known[0]!.processor === known[1]!.processor ? [] : [{ seed: task.seed, sides: known }];
  });
}
