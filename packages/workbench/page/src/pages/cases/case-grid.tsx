import { useMemo } from 'react';
import { apiAddress, ask } from '../../api/client.js';
import { PictureGrid } from '../../kit/picture-grid/picture-grid.js';
import type { PictureSource } from '../../kit/picture-grid/picture-source.js';
import { goTo } from '../../router.js';
import type { CasePage, CaseQuery } from './case-query.js';

interface CaseGridProps {
  readonly path: string;
  readonly query: CaseQuery;
  readonly total: number;
  readonly linkTo: (record: string, at: number) => string;
}

/** The test part as pictures, in the order of the list; over each what the chosen arm, or else every arm, makes of it. */
export function CaseGrid({ path, query, total, linkTo }: CaseGridProps) {
  const key = JSON.stringify([path, query]);
  const source = useMemo((): PictureSource => {
    const [at, asked] = JSON.parse(key) as [string, CaseQuery];
    return {
      key,
      total,
      pictures: async (offset, limit, signal) => {
        const { cases } = await ask<CasePage>(at, { ...asked, offset, limit }, signal);
        return cases.map(({ record, label, arms }) => {
          const shown = asked.arm === undefined ? arms : arms.filter(({ arm }) => arm === asked.arm);
          const mark = [...new Set(shown.map(({ outcome }) => outcome))].join(', ');
          return { id: record, name: `${record} (${label})`, width: 1, height: 1, mark };
        });
      },
      sheet: (offset, limit) => apiAddress(`${at}/sheet`, { ...asked, offset, limit }),
    };
  }, [key, total]);
  return <PictureGrid label="Cases" source={source} onOpen={({ id }, at) => goTo(linkTo(id, at))} />;
}
