import { listed } from '@chromaray/base';
import {
  type Comparison,
  type ComparisonVerdict,
  type Endpoint,
  endpointName,
  isLowerBetter,
} from '@chromaray/contracts';

/** What a clause is about: the endpoint's name and margin, and how a better and a worse value of it are called. */
interface About {
  readonly name: string;
  readonly margin: number;
  readonly better: string;
  readonly worse: string;
}

/** One clause of a study's statement: what holds of these arms against the control. */
type Clause = (arms: readonly string[], control: string, about: About) => string;

/** In the order of the sentence: the answer first. */
const clauses: readonly (readonly [ComparisonVerdict, Clause])[] = [
  [
    'helps',
    (arms, control, { name, better }) =>
      `${listed(arms)} ${one(arms, 'has', 'have')} a ${better} ${name} than ${control}`,
  ],
  [
    'inconclusive',
    (arms, control, { name }) =>
      `the study does not show whether ${listed(arms, 'or')} differs from ${control} in ${name}`,
  ],
  [
    'did not learn',
    (arms) =>
      `${listed(arms)} ${one(arms, 'is', 'are')} not shown to have learned, so nothing can be concluded about ${one(arms, 'it', 'them')}`,
  ],
  [
    'harms',
    (arms, control, { name, worse }) =>
      `${listed(arms)} ${one(arms, 'has', 'have')} a ${worse} ${name} than ${control}`,
  ],
  [
    'no meaningful difference',
    (arms, control, { name, margin }) =>
      `${listed(arms)} ${one(arms, 'differs', 'differ')} from ${control} in ${name} by less than the margin of ${margin}`,
  ],
];

/** What the comparisons of a study come to, in one sentence made of its arms' verdicts. */
export function comparisonsStatement(comparisons: readonly Comparison[], endpoint: Endpoint): string {
  const [first] = comparisons;
  if (first === undefined) return 'No arm can be compared with the control yet.';
  if (comparisons.some(({ verdict }) => verdict === 'control did not learn')) {
    return `Nothing can be concluded: the control, ${first.control}, is not shown to have learned.`;
  }
  const [better, worse] = isLowerBetter(endpoint) ? ['lower (better)', 'higher (worse)'] : ['higher', 'lower'];
  const about: About = { name: endpointName(endpoint), margin: endpoint.margin, better: better!, worse: worse! };
  const said = clauses.flatMap(([word, clause]) => {
    const arms = comparisons.filter(({ verdict }) => verdict === word).map(({ arm }) => arm);
    return arms.length === 0 ? [] : [clause(arms, first.control, about)];
  });
  // Only words of ours begin with a capital: an arm's name keeps its letters.
  return `${said.join('; ').replace(/^the study/, 'The study')}.`;
}

function one(arms: readonly string[], singular: string, plural: string): string {
  return arms.length === 1 ? singular : plural;
}
