import path from 'node:path';
import { type ExecutionSection, isAddress } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { localExecution, type TrialExecution } from '@chromaray/trials';
import type { Exchange } from './exchange/exchange.js';
import { openExchange } from './exchange/open-exchange.js';
import { keepExecution } from './kept-execution.js';
import { openQueueExecution } from './queue/queue-execution.js';
import { arrayRecordIn } from './slurm/array-record.js';
import { slurmExecution } from './slurm/slurm-execution.js';
import type { SlurmSetup } from './slurm/slurm-setup.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a study stands whose trials are to be executed. */
export interface ExecutionPlace {
  /** The study's name. */
  readonly study: string;
  /** The study's folder. */
  readonly folder: string;
  /** Folder of all studies: what Slurm's nodes share lies in it, unless another is named. */
  readonly studies: string;
  /** Told of every array that Slurm took. */
  readonly onSubmitted?: NonNullable<SlurmSetup['onSubmitted']>;
}

/**
 * Opens what executes the trials of a study, and notes it in the study's folder.
 *
 * @param environment `CHROMARAY_QUEUE` for an address with a password, and what `openExchange` reads
 * @throws ChromarayError `CHROMARAY_EXECUTION_INCOMPLETE`; what the queue, the exchange and Slurm throw that cannot be used
 */
export async function openExecution(
  section: ExecutionSection,
  place: ExecutionPlace,
  environment: Environment = process.env,
): Promise<TrialExecution> {
  const execution = await opened(section, place, environment);
  keepExecution(place.folder, section);
  return execution;
}

async function opened(
  section: ExecutionSection,
  place: ExecutionPlace,
  environment: Environment,
): Promise<TrialExecution> {
  const { on, mix = false } = section;
  if (on === 'local') return { ...localExecution, mix };
  return on === 'slurm' ? onSlurm(section, place) : onQueue(section, place, environment);
}

async function onQueue(
  section: ExecutionSection,
  { study, folder }: ExecutionPlace,
  environment: Environment,
): Promise<TrialExecution> {
  const { profiles = 'own', mix = false } = section;
  return openQueueExecution({ ...queuePlace(section, environment), study, studyFolder: folder, profiles, mix });
}

/**
 * Where the queue is, and what coordinator and workers share.
 *
 * @param environment `CHROMARAY_QUEUE` for an address with a password, which stands for the same address without one
 * @throws ChromarayError `CHROMARAY_EXECUTION_INCOMPLETE`; as `openExchange`
 */
export function queuePlace(
  { queue, exchange: shared }: Pick<ExecutionSection, 'queue' | 'exchange'>,
  environment: Environment = process.env,
): { readonly queueUrl: string; readonly exchange: Exchange } {
  const secret = environment.CHROMARAY_QUEUE || undefined;
  const queueUrl = queue === undefined || isSameWithPassword(queue, secret) ? secret : queue;
  if (queueUrl === undefined) {
    throw incomplete(
      'It is not said where the queue is.',
      'Give --queue or the environment variable CHROMARAY_QUEUE, or write `execution.queue` in the study file.',
    );
  }
  if (shared === undefined) {
    throw incomplete(
      'It is not said what the coordinator and its workers share.',
      'Give --exchange, or write `execution.exchange` in the study file: a folder, https://host:port, or s3://bucket/prefix.',
    );
  }
  return { queueUrl, exchange: openExchange(shared, {}, environment) };
}

function isSameWithPassword(queue: string, secret: string | undefined): boolean {
  if (secret === undefined || !URL.canParse(queue) || !URL.canParse(secret)) return false;
  const [a, b] = [new URL(queue), new URL(secret)];
  return (
    a.protocol === b.protocol && a.host === b.host && a.pathname.replace(/^\/$/, '') === b.pathname.replace(/^\/$/, '')
  );
}

function onSlurm({ exchange, slurm = {}, mix = false }: ExecutionSection, place: ExecutionPlace): TrialExecution {
  if (exchange !== undefined && isAddress(exchange)) {
    throw incomplete(
      `Nodes of Slurm share a folder, not ${exchange}.`,
      'Name a folder that all nodes see, or leave `exchange` out: then one in the folder of studies is taken.',
    );
  }
  const setup = {
    ...{ study: place.study, options: slurm },
    ...(place.onSubmitted !== undefined && { onSubmitted: place.onSubmitted }),
    shared: path.join(exchange ?? path.join(path.resolve(place.studies), '.slurm'), place.study),
    record: arrayRecordIn(place.folder),
  };
  return slurmExecution(setup, { mix });
}

function incomplete(message: string, remedy: string) {
  return codedError('CHROMARAY_EXECUTION_INCOMPLETE', { message, remedy });
}
