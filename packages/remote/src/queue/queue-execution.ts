import path from 'node:path';
import type { TrialExecution } from '@chromaray/trials';
import type { Exchange } from '../exchange/exchange.js';
import { placeTrials } from '../fleet/place-trials.js';
import { PlacementRecord } from '../fleet/placement-record.js';
import { connectQueue } from './queue-server.js';
import { QueueTrials } from './queue-trials.js';
import { studyQueueId } from './study-queue-id.js';

export interface QueueExecutionSetup {
  /** `redis://host`, `rediss://host`, `postgres://host/database`. */
  readonly queueUrl: string;
  readonly exchange: Exchange;
  /** The study's folder: it keeps under which name the study is queued. */
  readonly studyFolder: string;
  /** The study's name. */
  readonly study: string;
  /** By which profiles workers may compute. Default: the coordinator's own. */
  readonly profiles?: 'own' | 'any';
  /** Whether trials of one seed may be computed by different processors. Default: no. */
  readonly mix?: boolean;
  readonly signal?: AbortSignal;
}

/** Trials that are handed over at once: all of any study. */
const all = 100_000;

/**
 * Workers that take trials from a queue, as what executes a study's trials. Queue and exchange are tried before anything is
 * trained. After the signal of a trial its workers go on: the next run of the study finds what they did.
 *
 * @throws ChromarayError as {@link connectQueue} and `Exchange.check` do
 */
export async function openQueueExecution(setup: QueueExecutionSetup): Promise<TrialExecution> {
  const {
    queueUrl,
    exchange,
    studyFolder,
    study,
    profiles = 'own',
    mix = false,
    signal = new AbortController().signal,
  } = setup;
  await exchange.check(signal);
  const id = studyQueueId(studyFolder);
  const server = await connectQueue(queueUrl);
  const trials = new QueueTrials({ server, exchange, id, study, scratch: path.join(studyFolder, 'tmp') });
  return {
    concurrency: all,
    mix,
    place: (request, until) =>
      placeTrials(
        {
          exchange,
          profiles,
          mix,
          record: new PlacementRecord(studyFolder, { on: 'queue', exchange: exchange.address }),
        },
        request,
        until,
      ),
    runner: (locate, memoryBytes) => trials.runner(locate, memoryBytes),
    finish: (until) => trials.finish(until),
    close: () => trials.close(),
  };
}
