import { count, counted, listed } from '@chromaray/base/browser';

/** A finished trial, and what computed it. */
export interface ComputedTrial {
  readonly arm: string;
  readonly seed: number;
  /** Default: 1, the study's own. */
  readonly split?: number;
  /** The execution profile in a line; null where an earlier version did not record it. */
  readonly profile: string | null;
}

/**
 * What computed a study's trials, in sentences chosen by what was recorded: whether one execution profile computed all, and
 * where several did, whether a trial and its control of the same seed share theirs. Between profiles sums are added in
 * other orders, so that an arm would differ from its control by more than what the study file names.
 *
 * @param trials those that are finished
 * @param control name of the control arm; undefined without one
 * @returns undefined where nothing was recorded
 */
export function computedBy(trials: readonly ComputedTrial[], control: string | undefined): string | undefined {
  const numbers = new Map<string, number>();
  for (const { profile } of trials) if (profile !== null) numbers.set(profile, (numbers.get(profile) ?? 0) + 1);
  if (numbers.size === 0) return undefined;
  const unknown = trials.filter(({ profile }) => profile === null).length;
  const unrecorded = unknown === 0 ? '' : ` What computed ${counted(unknown, 'further trial')} was not recorded.`;
  const [first] = numbers;
  if (numbers.size === 1 && first !== undefined)
    return `${counted(first[1], 'trial')} ${first[1] === 1 ? 'was' : 'were'} computed with one execution profile: ${first[0]}.${unrecorded}`;
  const each = [...numbers].map(([profile, n]) => `${profile} (${counted(n, 'trial')})`);
  return `Trials were computed with ${count(numbers.size)} execution profiles: ${each.join('; ')}.${unrecorded}${sharing(trials, control)}`;
}

/** What a trial and its control have in common. */
function pairOf({ seed, split = 1 }: ComputedTrial): string {
  return `${split}/${seed}`;
}

function sharing(trials: readonly ComputedTrial[], control: string | undefined): string {
  const controls = new Map(trials.flatMap((trial) => (trial.arm === control ? [[pairOf(trial), trial.profile]] : [])));
  const pairs = trials.flatMap((trial) => {
    const own = controls.get(pairOf(trial));
    return trial.arm === control || typeof own !== 'string' || trial.profile === null ? [] : [{ ...trial, own }];
  });
  if (pairs.length === 0) return '';
  const mixed = pairs.filter(({ profile, own }) => profile !== own);
  if (mixed.length === 0) return ' Every arm shares that of its control of the same seed.';
  const where = mixed.slice(0, 10).map(({ arm, seed }) => `${arm} with seed ${seed}`);
  return ` In ${count(mixed.length)} of ${counted(pairs.length, 'comparison')} of an arm with its control, the two were computed with different profiles, which may be part of their difference: ${listed(where)}${mixed.length > where.length ? ` and ${count(mixed.length - where.length)} more` : ''}.`;
}
