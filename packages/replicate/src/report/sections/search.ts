import { counted, listed } from '@chromaray/base';
import { html, type Section, table } from '@chromaray/pages';
import { publishedSearch, type TriedNetwork } from '../../published.js';

interface Row extends TriedNetwork {
  readonly arm: string;
}

/** Which networks each arm of the original study tried, and why that decides nothing about colour. */
export function searchSection(): Section {
  const rows: readonly Row[] = Object.entries(publishedSearch).flatMap(([arm, tried]) =>
    tried.map((network) => ({ arm, ...network })),
  );
  return {
    id: 'search',
    title: 'How were the networks chosen?',
    short: 'Search',
    body: html`<p>${searchSentence()}</p>
${table<Row>(
  'table-search',
  'Networks that the original study trained on its way, and what was changed for each.',
  [
    { head: 'Network', cell: ({ name }) => name, kind: 'words' },
    { head: 'Arm', cell: ({ arm }) => arm, kind: 'words' },
    { head: 'Change', cell: ({ change }) => change, kind: 'words' },
  ],
  rows,
)}`,
  };
}

/** What the lists of tried networks come to; another sentence where both arms had the same search. */
export function searchSentence(search: typeof publishedSearch = publishedSearch): string {
  const sizes = Object.entries(search).map(([arm, tried]) => `${counted(tried.length, 'network')} in the ${arm} arm`);
  const changes = ({ change }: TriedNetwork): string => change;
  const same = search.gray.map(changes).join() === search.colour.map(changes).join();
  const what = `The original study tried ${listed(sizes)}`;
  return same
    ? `${what}, with the same changes: a search of one size for both.`
    : `${what}, with other changes in each: no comparison of its two final networks can tell colour from the search that led to them. C has one network for all arms and no search; a study that searches has the same candidates for every arm (tune).`;
}
