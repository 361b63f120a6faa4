import { useCallback, useEffect, useState } from 'react';
import { AskError, ask, type Fault } from './client.js';

/** What was asked for: the answer stays while it is asked again. */
export interface Asked<Answer> {
  readonly answer: Answer | undefined;
  readonly fault: Fault | undefined;
  readonly asking: boolean;
  /** Asks again. */
  readonly again: () => void;
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Reads something, and reads it again when path or query change.
 *
 * @param path undefined: nothing is asked yet
 * @param version of what is asked about: another one, and it is read again
 */
export function useAsked<Answer>(path: string | undefined, query: Query = {}, version = ''): Asked<Answer> {
  const [state, setState] = useState<Omit<Asked<Answer>, 'again'>>({
    answer: undefined,
    fault: undefined,
    asking: true,
  });
  const [round, setRound] = useState(0);
  const key = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round or version asks the same again
  useEffect(() => {
    if (path === undefined) return;
    const controller = new AbortController();
    setState((before) => ({ ...before, asking: true }));
    ask<Answer>(path, JSON.parse(key) as Query, controller.signal).then(
      (answer) => setState({ answer, fault: undefined, asking: false }),
      (error: unknown) => {
        if (error instanceof AskError) setState((before) => ({ ...before, fault: error.fault, asking: false }));
        else if (!controller.signal.aborted) throw error;
      },
    );
    return () => controller.abort();
  }, [path, key, version, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { ...state, again };
}
