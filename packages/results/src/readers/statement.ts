import { listed } from '@chromaray/base';
import type { ReaderComparisonResult, ReaderVerdict } from '@chromaray/contracts';
import { meritName } from './merit-name.js';
import type { ReaderQuestion } from './reader-question.js';

/**
 * What the comparisons come to in one word: one arm that helps answers yes; one that is undecided leaves the question open;
 * "no meaningful difference" needs every arm to show it.
 */
export function readersVerdict(comparisons: readonly ReaderComparisonResult[]): ReaderVerdict {
  const words = new Set(comparisons.map(({ verdict }) => verdict));
  const order = ['helps', 'inconclusive', 'harms'] as const;
  return order.find((word) => words.has(word)) ?? 'no meaningful difference';
}

/** What holds of arms against the control; `what` is the merit. */
type Clause = (arms: readonly string[], said: Said) => string;

interface Said {
  readonly control: string;
  readonly margin: number;
  readonly what: string;
  /** ` for pneumonia`, or nothing. */
  readonly finding: string;
}

const clauses: readonly (readonly [ReaderVerdict, Clause])[] = [
  [
    'helps',
    (arms, { control, what, finding }) =>
      `readers have a higher ${what}${finding} with ${listed(arms)} than with ${control}`,
  ],
  [
    'inconclusive',
    (arms, { control, what, finding }) =>
      `the study does not show whether the ${what} of readers${finding} with ${listed(arms, 'or')} differs from that with ${control}`,
  ],
  [
    'harms',
    (arms, { control, what, finding }) =>
      `readers have a lower ${what}${finding} with ${listed(arms)} than with ${control}`,
  ],
  [
    'no meaningful difference',
    (arms, { control, what, margin, finding }) =>
      `the ${what} of readers${finding} with ${listed(arms)} differs from that with ${control} by less than the margin of ${margin}`,
  ],
];

/** The answer in one sentence, made of the arms' verdicts; about these readers or cases alone where they are fixed. */
export function readersStatement(
  comparisons: readonly ReaderComparisonResult[],
  { margin, finding, method }: Pick<ReaderQuestion, 'margin' | 'finding' | 'method'>,
): string {
  const said: Said = {
    control: comparisons[0]!.control,
    margin,
    what: meritName(method.merit.of),
    finding: finding === null ? '' : ` for ${finding}`,
  };
  const parts = clauses.flatMap(([word, clause]) => {
    const arms = comparisons.filter(({ verdict }) => verdict === word).map(({ arm }) => arm);
    return arms.length === 0 ? [] : [clause(arms, said)];
  });
  const sentence = parts.join('; ');
  const { readers, cases } = method.generality;
  const alone = readers === 'fixed' ? 'readers' : cases === 'fixed' ? 'cases' : null;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${alone === null ? '' : `; this holds for these ${alone} alone`}.`;
}
