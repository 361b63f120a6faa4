import { readStudyFile, runStudy, studyVocabulary } from '@chromaray/study';
import type { Command } from 'commander';
import { type Context, lineWidth } from '../context.js';
import { writeJson } from '../report-error.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatVerdict } from '../terminal/verdict.js';
import { jsonOption } from './command.js';
import { collect, studiesOption } from './options.js';

interface Options {
  readonly studies: string;
  readonly acceptRisk: readonly string[];
  readonly retrain?: boolean;
  readonly json?: boolean;
}

/** `chromaray study run <study.yaml>` */
export function addStudyRun(parent: Command, context: Context): void {
  parent
    .command('run')
    .description('run a study, or go on with one that was interrupted')
    .argument('<study.yaml>', 'the study file')
    .option(...studiesOption)
    .option('--accept-risk <finding>', 'go on in spite of a blocking finding; the report says so', collect, [])
    .option('--retrain', 'train again what a changed study file makes obsolete')
    .option(...jsonOption)
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 wrong use, 3 stopped by the audit, 130 interrupted.

Examples:
  chromaray study run study.yaml
  chromaray study run study.yaml --accept-risk patients-across-parts`,
    )
    .action(async (file: string, options: Options) => {
      const outcome = await runStudy(readStudyFile(file, studyVocabulary), {
        studies: options.studies,
        acceptRisks: options.acceptRisk,
        retrain: options.retrain ?? false,
        onEvent: showStudyEvents(context.progress),
        signal: context.signal,
      });
      context.progress.end();
      if (options.json) writeJson(context.out, { ...outcome.verdict, folder: outcome.folder.root });
      else context.out.write(`${formatVerdict(outcome.verdict, outcome.folder, lineWidth(context))}\n`);
    });
}
