import { useEffect, useState } from 'react';
import type { Case } from '../../../../src/results/cases.js';
import { AskError, ask, type Fault } from '../../api/client.js';
import type { CasePage, CaseQuery } from './case-query.js';

/** Cases that are asked for at once. */
const length = 100;

interface Rows {
  readonly of: string;
  readonly page: CasePage | undefined;
  readonly rows: ReadonlyMap<number, Case>;
  readonly fault: Fault | undefined;
}

/** Cases by their place in the list; those around the places in view are asked for when they come into it. */
export function useRows(path: string, query: CaseQuery, first: number, last: number): Omit<Rows, 'of'> {
  const key = JSON.stringify([path, query]);
  const [state, setState] = useState<Rows>({ of: '', page: undefined, rows: new Map(), fault: undefined });
  // The list before stays until the new one comes.
  const rows = state.of === key ? state.rows : none;
  const from = Math.floor(first / length) * length;
  const to = Math.floor(last / length) * length;
  const missing = [from, to].find((offset) => !rows.has(offset) && (offset === 0 || offset < (state.page?.total ?? 0)));
  const wanted = state.of === key ? missing : from;
  const failed = state.of === key && state.fault !== undefined;
  useEffect(() => {
    if (wanted === undefined || failed) return;
    const [at, asked] = JSON.parse(key) as [string, CaseQuery];
    const controller = new AbortController();
    ask<CasePage>(at, { ...asked, offset: wanted, limit: length }, controller.signal).then(
      (page) =>
        setState((before) => {
          const known = new Map(before.of === key ? before.rows : []);
          page.cases.forEach((one, i) => {
            known.set(wanted + i, one);
          });
          return { of: key, page, rows: known, fault: undefined };
        }),
      (error: unknown) => {
        if (error instanceof AskError) setState({ of: key, page: undefined, rows: none, fault: error.fault });
        else if (!controller.signal.aborted) throw error;
      },
    );
    return () => controller.abort();
  }, [key, wanted, failed]);
  return { page: state.page, rows: state.of === key ? state.rows : none, fault: state.fault };
}

const none: ReadonlyMap<number, Case> = new Map();
