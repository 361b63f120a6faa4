import { differenceInterval, listed, signed } from '@chromaray/base';
import type { NetworksBeside, ReaderAnalysis, ReaderComparisonResult } from '@chromaray/contracts';
import { html } from '../kit/html.js';
import type { Question } from '../report/questions/question.js';
import { dataTable } from '../report/sections/section.js';

interface Pair {
  readonly arm: string;
  readonly people: ReaderComparisonResult;
  readonly networks: NetworksBeside['comparisons'][number] | undefined;
}

/** Does what helps people help networks? Null where no study of networks is named. */
export function networksQuestion({ networks, comparisons, endpoint }: ReaderAnalysis): Question | null {
  if (networks === undefined) return null;
  const pairs: readonly Pair[] = comparisons.map((people) => ({
    arm: people.arm,
    people,
    networks: networks.comparisons.find(({ arm, control }) => arm === people.arm && control === people.control),
  }));
  const table = dataTable<Pair>(
    'table-networks',
    `People in this study beside networks in ${networks.study}: arm less ${endpoint.control}. The two differ in cases and in what they measure, so their sizes are not to be compared.`,
    [
      { head: 'Arm', cell: ({ arm }) => arm },
      { head: 'People', cell: ({ people }) => signed(people.difference), kind: 'number' },
      { head: 'Interval', cell: ({ people }) => differenceInterval(people.interval, endpoint.margin), kind: 'number' },
      { head: 'Verdict', cell: ({ people }) => people.verdict },
      { head: 'Networks', cell: (pair) => signed(pair.networks?.difference ?? null), kind: 'number' },
      { head: 'Interval', cell: (pair) => differenceInterval(pair.networks?.interval ?? null), kind: 'number' },
      { head: 'Verdict', cell: (pair) => pair.networks?.verdict ?? 'not compared' },
    ],
    pairs,
  );
  return {
    id: 'networks',
    title: 'Does colour help networks, does it help people?',
    short: 'Networks and people',
    answer: beside(pairs),
    sections: [
      {
        id: 'beside',
        title: 'Both, side by side',
        short: 'Side by side',
        body: html`${table.html}<p>Networks: ${networks.statement}</p>`,
        tables: [table.plain],
      },
    ],
  };
}

/** One clause an arm; the same word of both is said once. */
function beside(pairs: readonly Pair[]): string {
  const compared = pairs.filter((pair) => pair.networks !== undefined);
  if (compared.length === 0) return 'The study of networks has none of these comparisons.';
  const clauses = compared.map(({ arm, people, networks }) =>
    people.verdict === networks!.verdict
      ? `${arm}: ${people.verdict}, for people and for networks`
      : `${arm}: ${people.verdict} for people, ${networks!.verdict} for networks`,
  );
  const others = pairs.filter((pair) => pair.networks === undefined).map(({ arm }) => arm);
  return `${clauses.join('; ')}.${others.length === 0 ? '' : ` The study of networks has no comparison of ${listed(others)} with this control.`}`;
}
