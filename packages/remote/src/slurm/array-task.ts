import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson, isChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { executionProfile, profileText, type TrialMessage } from '@chromaray/trials';
import { folderExchange } from '../exchange/folder/folder-exchange.js';
import { BlobCache } from '../run/blob-cache.js';
import { runRemoteTrial } from '../run/run-remote-trial.js';
import { blobName } from '../task/fields.js';
import { decodeTask, type TaskMessage } from '../task/task-message.js';
import { type ArrayFolder, arrayFolder } from './array-folder.js';
import { stoppedExitCode } from './batch-script.js';
import { ReportReader, type TrialReport, writeReport } from './trial-report.js';

export interface ArrayTaskContext {
  /** The array's folder. */
  readonly array: string;
  /** Folder of the exchange. */
  readonly exchange: string;
  /** The task's number. */
  readonly number: number;
  /** A folder of this machine. */
  readonly scratch: string;
  readonly machine: string;
  /** Times that Slurm has begun this task before. */
  readonly restart: number;
  /** Stop now. */
  readonly stop: AbortSignal;
  /** Stop after the epoch that is under way: the time limit is near. */
  readonly notice: AbortSignal;
  /** Seconds from the notice to the limit. */
  readonly noticeSeconds: number;
}

const stepReportMilliseconds = 5000;

/** Share of the time after a notice that an epoch may still use; the rest is for putting the checkpoint away. */
const noticeShare = 0.75;

/** Errors that are of a machine, of its disk or of the way to the others, rather than of the trial. */
const ofMachine = /^CHROMARAY_(TRIAL_CRASHED|FILE_|EXCHANGE_|TRAINING_MEMORY)/;

/**
 * Runs the trial of one task of an array and reports it to the array's folder.
 *
 * @returns the exit code: 0 with the result published
 * @throws what is no error of the trial
 */
export async function runArrayTask(context: ArrayTaskContext): Promise<number> {
  const folder = arrayFolder(context.array);
  const report = (said: TrialReport): void => writeReport(folder.report(context.number), said);
  const run = new Run(report, context);
  try {
    report({ kind: 'on', machine: context.machine, restart: context.restart });
    const exchange = folderExchange(context.exchange);
    mkdirSync(context.scratch, { recursive: true, mode: 0o700 });
    const cache = new BlobCache(path.join(context.scratch, 'packs'), exchange);
    const task = blobName.parse(JSON.parse(readFileSync(folder.task(context.number), 'utf8')));
    const message = await cache.lend([task], run.signal, async (file) => decodeTask(readFileSync(file(task), 'utf8')));
    refuseOtherProfile(message);
    await runRemoteTrial(message, {
      ...{ exchange, cache, worker: context.machine, signal: run.signal },
      scratch: path.join(context.scratch, 'trials'),
      onMessage: (said) => run.follow(said),
    });
    return 0;
  } catch (error) {
    if (run.signal.aborted) return stopped(folder, context, run, report);
    if (!isChromarayError(error) || ofMachine.test(error.code)) throw error;
    report({ kind: 'failed', error: error.toJSON() });
    return 1;
  }
}

/** Before anything is trained: what another profile computes is not the trial that was asked for. */
function refuseOtherProfile({ training, profile }: TaskMessage): void {
  const own = executionProfile(training, profile.threads);
  if (canonicalJson(own) === canonicalJson(profile)) return;
  throw codedError('CHROMARAY_SLURM_PROFILE', {
    message: `The node computes as ${profileText(own)}; the study was planned for ${profileText(profile)}.`,
    details: { own, profile },
  });
}

function stopped(
  folder: ArrayFolder,
  { number, notice }: ArrayTaskContext,
  run: Run,
  report: (said: TrialReport) => void,
): number {
  if (!notice.aborted || run.epochs > 0) return stoppedExitCode;
  report({ kind: 'short' });
  if (shortRuns(new ReportReader(folder.report(number)).read()) < 2) return stoppedExitCode;
  const error = codedError('CHROMARAY_SLURM_TIME', {
    message: 'The time limit of Slurm ended two runs of the trial before either had finished an epoch.',
  });
  report({ kind: 'failed', error: error.toJSON() });
  return 1;
}

/** Runs in a row, up to the last, that the time limit ended before an epoch was done. */
function shortRuns(reports: readonly TrialReport[]): number {
  const since = reports.findLastIndex(({ kind }) => kind === 'epoch');
  return reports.slice(since + 1).filter(({ kind }) => kind === 'short').length;
}

/** One run of the trial: passes on what it says, and stops it when it is asked to. */
class Run {
  private readonly ending = new AbortController();
  private training = false;
  private noticed = false;
  private stepReported = 0;
  epochs = 0;

  constructor(
    private readonly report: (said: TrialReport) => void,
    { stop, notice, noticeSeconds }: ArrayTaskContext,
  ) {
    const end = (): void => this.ending.abort();
    if (stop.aborted) end();
    stop.addEventListener('abort', end);
    notice.addEventListener('abort', () => {
      this.noticed = true;
      // Nothing is lost by stopping what has not begun to train.
      if (!this.training) end();
      setTimeout(end, noticeSeconds * noticeShare * 1000).unref();
    });
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  follow(said: TrialMessage): void {
    if (said.kind === 'started') this.training = true;
    if (said.kind === 'step') {
      if (performance.now() - this.stepReported < stepReportMilliseconds) return;
      this.stepReported = performance.now();
    }
    this.report(said);
    if (said.kind !== 'epoch') return;
    this.epochs++;
    if (this.noticed) this.ending.abort();
  }
}
