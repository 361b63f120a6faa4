import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { z } from 'zod';
import type { exclusionSchema } from '../../../../src/routes/exclusions.js';
import { AskError, command, type Fault } from '../../api/client.js';
import { useAsked } from '../../api/use-asked.js';
import { useInAddress } from '../../router.js';

export type Exclusion = z.output<typeof exclusionSchema>;
export type Wish = Pick<Exclusion, 'record' | 'reason'>;

export interface Exclusions {
  /** The list, relative to the opened folder. */
  readonly file: string;
  readonly setFile: (file: string) => void;
  readonly listed: readonly Exclusion[];
  /** By record. */
  readonly byRecord: ReadonlyMap<string, Exclusion>;
  readonly exclude: (wishes: readonly Wish[]) => void;
  readonly undo: (records: readonly string[]) => void;
  /** Why the list cannot be read or written. */
  readonly fault: Fault | undefined;
}

const Context = createContext<Exclusions | undefined>(undefined);

/** The exclusion list that the page works on; its name is in the address. */
export function useExclusions(): Exclusions {
  return useContext(Context)!;
}

interface ExclusionsOfProps {
  /** Id of the data set; undefined while it is not open. */
  readonly dataset: string | undefined;
  /** Told after each change of the list. */
  readonly onChange: () => void;
  readonly children: ReactNode;
}

/** Gives what is below it the exclusion list. */
export function ExclusionsOf({ dataset, onChange, children }: ExclusionsOfProps) {
  const [file, setFile] = useInAddress('list', 'exclude.csv');
  const { answer, fault, again } = useAsked<readonly Exclusion[]>('/exclusions', { file });
  const [refused, setRefused] = useState<Fault>();
  const value = useMemo((): Exclusions => {
    const listed = answer ?? [];
    const order = (path: string, body: unknown): void => {
      command(path, body).then(
        () => {
          setRefused(undefined);
          again();
          onChange();
        },
        (error: unknown) => {
          if (!(error instanceof AskError)) throw error;
          setRefused(error.fault);
        },
      );
    };
    return {
      ...{ file, setFile, listed, fault: refused ?? fault },
      byRecord: new Map(listed.map((one) => [one.record, one])),
      exclude: (excluded) => dataset !== undefined && order(`/datasets/${dataset}/exclude`, { file, excluded }),
      undo: (records) => order('/exclusions/undo', { file, records }),
    };
  }, [answer, again, dataset, fault, file, onChange, refused, setFile]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
