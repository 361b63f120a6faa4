import { canonicalJson, Random } from '@chromaray/base';
import {
  type SearchedValues,
  searchedKeys,
  type TunedCandidate,
  type TuneSection,
  type TuneSettings,
} from '@chromaray/contracts';

/** Digits that a drawn value has: more would say nothing. */
const digits = 3;
/** Keys whose values are whole numbers. */
const whole = new Set(['training.batch']);

/**
 * The candidates of a search, the same for every arm: first the study's own settings, then draws from the space, no two
 * alike. They follow from the search's seed alone; each key has a stream of its own, so that a key that is added leaves the
 * values of the others as they were.
 */
export function tuneCandidates({ candidates, seed, space }: TuneSection): readonly TunedCandidate[] {
  const keys = searchedKeys(space);
  const found: TuneSettings[] = [{}];
  const seen = new Set<string>();
  // A space that is large enough (a rule of study files) has other values for every draw that is met again.
  for (let draw = 0; found.length < candidates && draw < mostDraws; draw++) {
    const settings = Object.fromEntries(
      keys.map(([key, values]) => [key, drawn(key, values, new Random(`tune/${seed}`).fork(`${key}/${draw}`))]),
    );
    const text = canonicalJson(settings);
    if (seen.has(text)) continue;
    seen.add(text);
    found.push(settings);
  }
  return found.map((settings, i) => ({ candidate: i + 1, settings }));
}

const mostDraws = 1_000_000;

function drawn(key: string, values: SearchedValues, random: Random): number | string {
  if (Array.isArray(values)) return values[random.int(values.length)] as number | string;
  const range = values as Exclude<SearchedValues, readonly unknown[]>;
  const value =
    'log' in range
      ? Math.exp(random.uniform(Math.log(range.log[0]), Math.log(range.log[1])))
      : random.uniform(range.linear[0], range.linear[1]);
  const [low, high] = 'log' in range ? range.log : range.linear;
  const rounded = whole.has(key) ? Math.round(value) : Number(value.toPrecision(digits));
  return Math.min(Math.max(rounded, low), high);
}
