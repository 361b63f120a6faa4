import { useEffect, useState } from 'react';
import { AskError, type Fault } from '../api/client.js';
import { type RawPicture, readPicture } from './read-picture.js';

export interface AskedPicture {
  readonly picture: RawPicture | undefined;
  readonly fault: Fault | undefined;
  readonly asking: boolean;
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Raw pixels of an address; asked for anew when it changes, and then the request before is given up.
 *
 * @param path undefined: none
 */
export function usePicture(path: string | undefined, query: Query = {}): AskedPicture {
  const [state, setState] = useState<AskedPicture & { readonly of: string }>();
  const key = JSON.stringify([path ?? null, query]);
  useEffect(() => {
    const [from, asked] = JSON.parse(key) as [string | null, Query];
    if (from === null) return;
    const controller = new AbortController();
    readPicture(from, asked, controller.signal).then(
      (picture) => setState({ of: key, picture, fault: undefined, asking: false }),
      (error: unknown) => {
        if (error instanceof AskError) setState({ of: key, picture: undefined, fault: error.fault, asking: false });
        else if (!controller.signal.aborted) throw error;
      },
    );
    return () => controller.abort();
  }, [key]);
  if (state?.of === key) return state;
  return { picture: undefined, fault: undefined, asking: path !== undefined };
}
