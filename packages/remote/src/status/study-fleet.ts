import { isChromarayError } from '@chromaray/base';
import { runAll } from '@chromaray/trials';
import type { Exchange } from '../exchange/exchange.js';
import { openExchange } from '../exchange/open-exchange.js';
import type { SeenWorker } from '../exchange/worker-note.js';
import { type PlacedTrials, readPlacement } from '../fleet/placement-record.js';
import { arrayRecordIn, readArrayRecord } from '../slurm/array-record.js';

/** Where the trials of a study were given that are not finished, and who computes them. */
export interface StudyFleet {
  readonly on: PlacedTrials['on'];
  /** Address of what coordinator and workers share. */
  readonly exchange: string;
  /** Slurm's numbers of the study's arrays. */
  readonly jobs: readonly number[];
  /** Trials that were given out and are not finished, and those of them whose results are there. */
  readonly givenOut: number;
  readonly withResult: number;
  /** Workers that have announced themselves, whatever study they compute; none where Slurm computes. */
  readonly workers: readonly SeenWorker[];
  /** Why nothing is known of results and workers; null where it is. */
  readonly problem: string | null;
}

export interface FleetRequest {
  /** Fingerprints of the study's trials that are planned and not done. */
  readonly unfinished: ReadonlySet<string>;
  readonly signal: AbortSignal;
  /** Milliseconds within which the exchange must answer. Default: 5 seconds. */
  readonly patience?: number;
  /** Default: {@link openExchange}. */
  readonly open?: (address: string) => Exchange;
}

const atOnce = 8;

/**
 * Asks what became of the trials that a study gave to others. An exchange that does not answer is told of, not thrown.
 *
 * @returns null for a study that gave none away
 * @throws the signal's reason
 */
export async function studyFleet(studyFolder: string, request: FleetRequest): Promise<StudyFleet | null> {
  const placed = readPlacement(studyFolder);
  if (placed === undefined) return null;
  const { patience = 5000, open = openExchange, signal } = request;
  const { on, exchange: address } = placed;
  const trials = placed.trials.filter(({ fingerprint }) => request.unfinished.has(fingerprint));
  const jobs = readArrayRecord(arrayRecordIn(studyFolder))?.arrays.flatMap(({ job }) => job ?? []) ?? [];
  const known = { on, exchange: address, jobs: on === 'slurm' ? jobs : [], givenOut: trials.length };
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    const exchange = open(address);
    const withResult = await countResults(exchange, trials, within);
    const workers = on === 'queue' ? await exchange.workers(within) : [];
    return { ...known, withResult, workers, problem: null };
  } catch (error) {
    signal.throwIfAborted();
    const problem = isChromarayError(error) ? error.message : `It gave no answer within ${patience / 1000} seconds.`;
    return { ...known, withResult: 0, workers: [], problem };
  }
}

async function countResults(
  exchange: Exchange,
  trials: readonly PlacedTrials['trials'][number][],
  signal: AbortSignal,
): Promise<number> {
  let found = 0;
  const look = async ({ trial }: { readonly trial: string }): Promise<void> => {
    if ((await exchange.result(trial, signal)) !== null) found++;
  };
  await runAll(trials, atOnce, look, signal);
  signal.throwIfAborted();
  return found;
}
