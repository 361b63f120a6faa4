import { bytes, count, counted, listed } from '@chromaray/base';
import type { StudyFleet } from '@chromaray/remote';
import { formatTable } from './table.js';

/** The study as its own status has it. */
interface Of {
  readonly study: string;
  /** Whether a run follows the trials now. */
  readonly running: boolean;
}

/** Where a study's trials were given, what became of them, how to collect them, and who is there to compute them. */
export function fleetLines(fleet: StudyFleet, of: Of, width: number): readonly string[] {
  if (fleet.problem !== null) {
    return [
      '',
      `What became of trials on other machines is not known: ${fleet.exchange} cannot be asked. ${fleet.problem}`,
    ];
  }
  return [...(fleet.givenOut === 0 ? [] : ['', givenOutLine(fleet, of)]), ...workerLines(fleet, of.study, width)];
}

function givenOutLine({ on, jobs, givenOut, withResult, exchange }: StudyFleet, { running }: Of): string {
  const job = jobs.length === 0 ? '' : ` (job ${listed(jobs.map(String))})`;
  const to = on === 'slurm' ? `Slurm${job}` : 'the queue';
  const out = `${counted(givenOut, 'trial')} ${givenOut === 1 ? 'was' : 'were'} given to ${to}; `;
  if (withResult === 0) return `${out}no result is in ${exchange} yet.`;
  const how = running
    ? 'The run that follows them takes what is there.'
    : `\`chromaray study run\` with the study file and ${on === 'slurm' ? '`--slurm`' : 'the same `--queue` and `--exchange`'} takes what is there and continues.`;
  return `${out}${whoseResults(withResult, givenOut)} in ${exchange}. ${how}`;
}

function whoseResults(withResult: number, givenOut: number): string {
  if (givenOut === 1) return 'its result is';
  if (withResult === givenOut) return 'the results of all are';
  return withResult === 1 ? 'the result of 1 is' : `the results of ${count(withResult)} are`;
}

function workerLines({ on, workers, exchange }: StudyFleet, study: string, width: number): readonly string[] {
  if (on === 'slurm') return [];
  if (workers.length === 0) return ['', `No worker has announced itself in ${exchange}.`];
  const rows = workers.map(({ worker, processor, threads, offers, version, freeMemoryBytes, doing }) => [
    ...[worker, `${processor}, ${counted(threads, 'thread')}`],
    ...[
      listed(
        offers.map(
          (offer) => `${offer.backend} ${offer.version}${offer.provider === 'cpu' ? '' : ` (${offer.provider})`}`,
        ),
      ),
    ],
    ...[version, bytes(freeMemoryBytes), doingText(doing, study)],
  ]);
  return ['', formatTable(['worker', 'processor', 'backends', 'Chromaray', 'free memory', 'computes'], rows, width)];
}

function doingText(doing: StudyFleet['workers'][number]['doing'], study: string): string {
  if (doing.length === 0) return 'nothing';
  return doing
    .map(
      ({ study: of, arm, seed, epoch }) =>
        `${of === study ? '' : `${of}: `}${arm}, seed ${seed}, ${epoch === 0 ? 'first epoch' : `epoch ${epoch} done`}`,
    )
    .join('; ');
}
