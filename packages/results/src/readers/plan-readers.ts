import { type Generality, requiredCases, type VarianceComponents } from '@chromaray/evidence';

/** What a plan is to reach. */
interface ReaderGoal {
  /** The smallest true difference that the study must find. */
  readonly difference: number;
  readonly alpha: number;
  /** Arms that are compared with the control: the first step of Holm's procedure tests at alpha / comparisons. */
  readonly comparisons: number;
  readonly power: number;
  readonly generality: Generality;
}

/** One number of readers. */
interface PlannedReaders {
  readonly readers: number;
  /** Fewest cases that reach the power; null where no number does. */
  readonly cases: number | null;
  /** Readings in all, arms included; null with `cases`. */
  readonly readings: number | null;
}

/** The fewest cases for each number of readers, every reader reading every case in every arm. */
export function planReaders(
  components: VarianceComponents,
  readerCounts: readonly number[],
  goal: ReaderGoal,
): readonly PlannedReaders[] {
  const { comparisons, alpha, ...rest } = goal;
  return readerCounts.map((readers) => {
    const cases = requiredCases(components, readers, { ...rest, alpha: alpha / comparisons });
    return { readers, cases, readings: cases === null ? null : cases * readers * (comparisons + 1) };
  });
}
