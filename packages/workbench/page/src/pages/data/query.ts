import { useMemo } from 'react';
import { goTo, useAddress } from '../../router.js';

/** Filters as the server names them, in the address under the same names; an empty one asks for records that do not say. */
export const filterNames = [
  ...['label', 'part', 'subtype', 'view', 'sex', 'age', 'device', 'patient', 'finding', 'text'],
] as const;

/** What selects and sorts records, from an address. */
export function queryOf(search: string): Readonly<Record<string, string>> {
  const params = new URLSearchParams(search);
  return Object.fromEntries(
    [...filterNames, 'sort', 'order'].flatMap((name) => {
      const value = params.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** A search with changes; undefined takes a parameter away. */
export function changedSearch(search: string, changes: Readonly<Record<string, string | undefined>>): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) params.delete(name);
    else params.set(name, value);
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The selection of the address, and a way to change the address; each change is a step of the back button. */
export function useQuery(): {
  readonly query: Readonly<Record<string, string>>;
  readonly change: (
    changes: Readonly<Record<string, string | undefined>>,
    how?: { readonly replace?: boolean },
  ) => void;
  readonly search: string;
} {
  const { search } = useAddress();
  const query = useMemo(() => queryOf(search), [search]);
  return { query, change: changeAddress, search };
}

function changeAddress(changes: Readonly<Record<string, string | undefined>>, how = {}): void {
  goTo(location.pathname + changedSearch(location.search, changes), how);
}
