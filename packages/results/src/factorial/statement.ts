import { counted, differenceInterval, level as levelText, listed, metric, signed } from '@chromaray/base';
import {
  type Endpoint,
  endpointName,
  type FactorEffect,
  type FactorEffects,
  isLowerBetter,
} from '@chromaray/contracts';

type Found = Pick<FactorEffects, 'factors' | 'effects'>;

/** Effects that a sentence names; the table has the others. */
const mostNamed = 4;

/** What effects of factors come to, in a few sentences, each chosen by rule from their outcomes. */
export function factorStatement(found: Found, endpoint: Endpoint): string {
  const { factors, effects } = found;
  const ofOutcome = (...wanted: readonly FactorEffect['outcome'][]) =>
    effects.filter(({ outcome }) => wanted.includes(outcome));
  const shown = ofOutcome('higher', 'lower');
  return [
    `Exploratory, not part of the verdict: ${findings(found, shown, ofOutcome('open').length, endpoint)}`,
    ...interplay(shown),
    ...about(ofOutcome('one seed'), (number, isOne) =>
      isOne
        ? `${number} rests on a single seed, and has neither interval nor test.`
        : `${number} rest on a single seed, and have neither interval nor test.`,
    ),
    ...about(ofOutcome('not learned'), (number, isOne, cells) =>
      isOne
        ? `${number} rests on cells that are not shown to have learned (${cells}): it says nothing of the factors.`
        : `${number} rest on cells that are not shown to have learned (${cells}): they say nothing of the factors.`,
    ),
    ...about(
      ofOutcome('not estimable'),
      (number, _, cells) => `${number} cannot be estimated without trials that are not finished (${cells}).`,
    ),
    ...(factors.length > 2 ? ['Interactions of three or more factors are not worked out.'] : []),
  ].join(' ');
}

function findings(found: Found, shown: readonly FactorEffect[], open: number, endpoint: Endpoint): string {
  if (shown.length + open === 0) return 'no effect of the factors can be tested.';
  if (shown.length === 0) {
    return `none of the ${counted(open, 'effect')} of the factors that can be tested is shown, which does not show that there is none.`;
  }
  const named = shown.slice(0, mostNamed).map((effect) => finding(found, effect, endpoint));
  const more = shown.length - named.length;
  return [
    `${[...named, ...(more > 0 ? [`${counted(more, 'more effect')} ${more === 1 ? 'is' : 'are'} shown`] : [])].join('; ')}.`,
    ...(open > 0 ? [`${counted(open, 'other effect')} ${open === 1 ? 'is' : 'are'} not shown.`] : []),
  ].join(' ');
}

function finding(
  { factors }: Found,
  { of, effect, interval, intervalLevel, outcome }: FactorEffect,
  endpoint: Endpoint,
) {
  const name = endpointName(endpoint);
  const others = factors.filter((factor) => of.every((one) => one.factor !== factor.name)).map((factor) => factor.name);
  const over = others.length === 0 ? '' : ` as a mean over ${listed(others)}`;
  const ends = `${levelText(intervalLevel!)} interval ${differenceInterval(interval)}`;
  const [first, second] = of as [FactorEffect['of'][number], FactorEffect['of'][number] | undefined];
  const [level, against] = [`${first.factor} ${first.level}`, `${first.factor} ${first.against}`];
  if (second === undefined) {
    return `${level} has a ${sided(outcome, endpoint)} ${name} than ${against}${over} (${signed(effect)}, ${ends})`;
  }
  return `the difference in ${name} of ${level} from ${against} lies ${metric(Math.abs(effect!))} ${outcome} with ${second.factor} ${second.level} than with ${second.factor} ${second.against}${over} (${ends})`;
}

function sided(outcome: FactorEffect['outcome'], endpoint: Endpoint): string {
  if (!isLowerBetter(endpoint)) return outcome;
  return outcome === 'lower' ? 'lower (better)' : 'higher (worse)';
}

/** A mean over cells that differ is no effect in each of them. */
function interplay(shown: readonly FactorEffect[]): readonly string[] {
  const together = shown.filter(({ of }) => of.length === 2).map(({ of }) => of.map(({ factor }) => factor));
  const main = new Set(shown.filter(({ of }) => of.length === 1).map(({ of }) => of[0]!.factor));
  return [...main].flatMap((factor) => {
    const others = together
      .filter((pair) => pair.includes(factor))
      .flatMap((pair) => pair.filter((one) => one !== factor));
    if (others.length === 0) return [];
    return [
      `The effect of ${factor} depends on ${listed([...new Set(others)])}: its mean need not hold in any one cell.`,
    ];
  });
}

function about(
  effects: readonly FactorEffect[],
  sentence: (number: string, isOne: boolean, cells: string) => string,
): readonly string[] {
  if (effects.length === 0) return [];
  const cells = [...new Set(effects.flatMap(({ cellsAtFault }) => cellsAtFault))];
  const more = cells.length - mostNamed + 1;
  const some = more > 1 ? [...cells.slice(0, mostNamed - 1), `${more} more`] : cells;
  return [sentence(counted(effects.length, 'effect'), effects.length === 1, listed(some))];
}
