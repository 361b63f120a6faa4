import { codedError } from '@chromaray/contracts/errors';
import { arrayRecordIn, cancelArrays } from '@chromaray/remote';
import { findStudy } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';

export interface StudyCancelOptions {
  readonly studies: string;
  readonly json?: boolean;
}

/** What `chromaray study cancel <study>` does. */
export async function studyCancelAction(study: string, options: StudyCancelOptions, context: Context): Promise<void> {
  const folder = findStudy(study, options.studies);
  const jobs = await cancelArrays(arrayRecordIn(folder.root));
  if (jobs.length === 0) {
    throw codedError('CHROMARAY_SLURM_NONE', {
      message: `No trial of the study in ${folder.root} was submitted to Slurm.`,
    });
  }
  if (options.json) writeJson(context.out, { jobs });
  else context.out.write(`Cancelled Slurm job ${jobs.join(', ')}. Checkpoints and results are kept.\n`);
}
