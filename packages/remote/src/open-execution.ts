import path from 'node:path';
import { type ExecutionSection, isAddress } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { localExecution, type TrialExecution } from '@chromaray/trials';
import { openExchange } from './exchange/open-exchange.js';
import { arrayRecordIn } from './slurm/array-record.js';
import { slurmExecution } from './slurm/slurm-execution.js';
import type { SlurmSetup } from './slurm/slurm-setup.js';

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
 * Opens what executes the trials of a study.
 *
 * @param environment `CHROMARAY_QUEUE` for an address with a password, and what `openExchange` reads
 * @throws ChromarayError `CHROMARAY_EXECUTION_INCOMPLETE`; what the queue, the exchange and Slurm throw that cannot be used
 */
export async function openExecution(
  section: ExecutionSection,
  place: ExecutionPlace,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<TrialExecution> {
  if (section.on === 'local') return localExecution;
  return section.on === 'slurm' ? onSlurm(section, place) : onQueue(section, place, environment);
}

async function onQueue(
  { queue, exchange: shared }: ExecutionSection,
  { study, folder }: ExecutionPlace,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<TrialExecution> {
  const queueUrl = queue ?? environment.CHROMARAY_QUEUE;
  if (queueUrl === undefined || queueUrl === '') {
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
  const exchange = openExchange(shared, {}, environment);
  throw new Error(`${queueUrl} ${exchange} ${study} ${folder}`);
}

function onSlurm({ exchange, slurm = {} }: ExecutionSection, place: ExecutionPlace): TrialExecution {
  if (exchange !== undefined && isAddress(exchange)) {
    throw incomplete(
      `Nodes of Slurm share a folder, not ${exchange}.`,
      'Name a folder that all nodes see, or leave `exchange` out: then one in the folder of studies is taken.',
    );
  }
  return slurmExecution({
    ...{ study: place.study, options: slurm },
    ...(place.onSubmitted !== undefined && { onSubmitted: place.onSubmitted }),
    shared: path.join(exchange ?? path.join(path.resolve(place.studies), '.slurm'), place.study),
    record: arrayRecordIn(place.folder),
  });
}

function incomplete(message: string, remedy: string) {
  return codedError('CHROMARAY_EXECUTION_INCOMPLETE', { message, remedy });
}
