import { existsSync, statSync } from 'node:fs';
import { counted } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { arrayRecordIn, cancelArrays, cancelTrials, isQueued, queuePlace } from '@chromaray/remote';
import { findStudy, readStudyFile } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { executionAddresses } from './execution-choice.js';

export interface StudyCancelOptions {
  readonly studies: string;
  readonly queue?: string;
  readonly exchange?: string;
  readonly json?: boolean;
}

/** What `chromaray study cancel <study>` does. */
export async function studyCancelAction(study: string, options: StudyCancelOptions, context: Context): Promise<void> {
  const folder = findStudy(study, options.studies);
  const jobs = existsSync(arrayRecordIn(folder.root)) ? await cancelArrays(arrayRecordIn(folder.root)) : [];
  const trials = isQueued(folder.root)
    ? await cancelTrials({
        ...queuePlace({ ...asWritten(study), ...executionAddresses(options) }),
        ...{ studyFolder: folder.root, signal: context.signal },
      })
    : null;
  if (jobs.length === 0 && trials === null) {
    throw codedError('CHROMARAY_SLURM_NONE', {
      message: `No trial of the study in ${folder.root} was given to Slurm or to a queue.`,
    });
  }
  if (options.json) return writeJson(context.out, { jobs, trials });
  const said = [
    ...(jobs.length === 0 ? [] : [`Cancelled Slurm job ${jobs.join(', ')}.`]),
    ...(trials === null
      ? []
      : [
          `Cancelled ${counted(trials.waiting, 'trial')} that waited and ${trials.running} on workers, which stop within seconds.`,
        ]),
    'Checkpoints and results are kept.',
  ];
  context.out.write(`${said.join(' ')}\n`);
}

/** What a study file says of the queue; a study that is named otherwise says nothing of it. */
function asWritten(study: string) {
  if (!existsSync(study) || !statSync(study).isFile()) return {};
  const { queue, exchange } = readStudyFile(study).execution ?? {};
  return { ...(queue !== undefined && { queue }), ...(exchange !== undefined && { exchange }) };
}
