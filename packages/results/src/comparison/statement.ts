import { listed } from '@chromaray/base';
import type { Comparison, ComparisonVerdict } from '@chromaray/contracts';

/** One clause of a study's statement: what holds of these arms against the control. */
type Clause = (arms: readonly string[], control: string, margin: number) => string;

/** In the order of the sentence: the answer first. */
const clauses: readonly (readonly [ComparisonVerdict, Clause])[] = [
  ['helps', (arms, control) => `${listed(arms)} ${one(arms, 'has', 'have')} a higher AUROC than ${control}`],
  [
    'inconclusive',
    (arms, control) => `the study does not show whether ${listed(arms, 'or')} differs from ${control} in AUROC`,
  ],
  [
    'did not learn',
    (arms) =>
      `${listed(arms)} ${one(arms, 'is', 'are')} not shown to have learned, so nothing can be concluded about ${one(arms, 'it', 'them')}`,
  ],
  ['harms', (arms, control) => `${listed(arms)} ${one(arms, 'has', 'have')} a lower AUROC than ${control}`],
  [
    'no meaningful difference',
    (arms, control, margin) =>
      `${listed(arms)} ${one(arms, 'differs', 'differ')} from ${control} in AUROC by less than the margin of ${margin}`,
  ],
];

/** What the comparisons of a study come to, in one sentence made of its arms' verdicts. */
export function comparisonsStatement(comparisons: readonly Comparison[], margin: number): string {
  const [first] = comparisons;
  if (first === undefined) return 'No arm can be compared with the control yet.';
  if (comparisons.some(({ verdict }) => verdict === 'control did not learn')) {
    return `Nothing can be concluded: the control, ${first.control}, is not shown to have learned.`;
  }
  const said = clauses.flatMap(([word, clause]) => {
    const arms = comparisons.filter(({ verdict }) => verdict === word).map(({ arm }) => arm);
    return arms.length === 0 ? [] : [clause(arms, first.control, margin)];
  });
  // Only words of ours begin with a capital: an arm's name keeps its letters.
  return `${said.join('; ').replace(/^the study/, 'The study')}.`;
}

function one(arms: readonly string[], singular: string, plural: string): string {
  return arms.length === 1 ? singular : plural;
}
