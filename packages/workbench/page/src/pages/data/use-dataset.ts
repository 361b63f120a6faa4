import { useCallback, useEffect, useState } from 'react';
import type { DatasetState } from '../../../../src/datasets/open-dataset.js';
import { AskError, apiAddress, command, type Fault } from '../../api/client.js';
import { follow } from '../../api/follow.js';

/** Which data set, as `/datasets/open` takes it. */
export type DatasetOrder = Readonly<Record<string, string | readonly string[]>>;

/** Keys of an address that say how a data set is read. */
const one = ['study', 'path', 'layout', 'preset', 'positive', 'exclude'] as const;
const several = ['classes', 'leaveOut'] as const;

/** The data set that an address names; undefined where it names none. */
export function orderOf(search: string): DatasetOrder | undefined {
  const params = new URLSearchParams(search);
  const given = one.flatMap((name) => {
    const value = params.get(name);
    return value === null || value === '' ? [] : [[name, value] as const];
  });
  const lists = several.flatMap((name) => {
    const values = params.getAll(name);
    return values.length === 0 ? [] : [[name, values] as const];
  });
  const order = Object.fromEntries<string | readonly string[]>([...given, ...lists]);
  return 'study' in order || 'path' in order ? order : undefined;
}

/** The same data set with nothing chosen in it. */
export function datasetSearch(search: string): string {
  const params = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(search))
    if ([...one, ...several].some((known) => known === name)) params.append(name, value);
  return `?${params}`;
}

interface Told {
  readonly seq: number;
  readonly state: DatasetState;
}

/** Opens a data set, and follows how far it is read; where the server has closed it meanwhile, opens it again. */
export function useDataset(order: DatasetOrder): {
  readonly state: DatasetState | undefined;
  readonly fault: Fault | undefined;
  readonly again: () => void;
} {
  const [state, setState] = useState<DatasetState>();
  const [fault, setFault] = useState<Fault>();
  const [round, setRound] = useState(0);
  const key = JSON.stringify(order);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round opens it anew
  useEffect(() => {
    let leave: (() => void) | undefined;
    let left = false;
    setFault(undefined);
    command<DatasetState>('/datasets/open', JSON.parse(key)).then(
      (opened) => {
        if (left) return;
        setState(opened);
        if (opened.progress === null) return;
        leave = follow<Told>((since) => apiAddress(`/datasets/${opened.id}/events`, { since }), {
          take: (told) => {
            setState(told.state);
            return told.state.progress === null;
          },
          fail: setFault,
        });
      },
      (error: unknown) => {
        if (!(error instanceof AskError)) throw error;
        if (!left) setFault(error.fault);
      },
    );
    return () => {
      left = true;
      leave?.();
    };
  }, [key, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { state, fault, again };
}
