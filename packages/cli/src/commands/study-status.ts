import { readStudyStatus, type StudyStatus } from '@chromaray/study';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatSeconds } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';
import { jsonOption } from './command.js';
import { studiesOption } from './options.js';

interface Options {
  readonly studies: string;
  readonly json?: boolean;
}

/** `chromaray study status <study>` */
export function addStudyStatus(parent: Command, context: Context): void {
  parent
    .command('status')
    .description('how far a study is, trial by trial')
    .argument('<study>', 'a study file, the name of a study, or its folder')
    .option(...studiesOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study status study.yaml')
    .action((study: string, options: Options) => {
      const status = readStudyStatus(study, options.studies);
      if (options.json) writeJson(context.out, status);
      else context.out.write(`${formatStatus(status)}\n`);
    });
}

function formatStatus(status: StudyStatus): string {
  const done = status.trials.filter((trial) => trial.status === 'done').length;
  const rows = status.trials.map((trial) => [
    trial.arm,
    trial.seed,
    trial.status,
    trial.epochsDone,
    trial.validationAuroc === null ? '–' : trial.validationAuroc.toFixed(3),
    trial.seconds === null ? '–' : formatSeconds(trial.seconds),
    trial.error?.message ?? '',
  ]);
  return [
    `${status.study}: ${done} of ${status.trials.length} trials done`,
    '',
    formatTable(['arm', 'seed', 'state', 'epochs', 'best validation AUROC', 'time', 'error'], rows),
    '',
    `Folder ${status.folder}`,
  ].join('\n');
}
