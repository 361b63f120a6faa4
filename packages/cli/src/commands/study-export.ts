import type { Command } from 'commander';
import type { StudyExportOptions } from '../actions/study-export.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { studiesOption } from './options.js';

/** `chromaray study export <study>` */
export function addStudyExport(parent: Command, context: Context): void {
  parent
    .command('export')
    .description('results for other tools: Parquet, MLflow runs, a card beside each model')
    .argument('<study>', 'a study file, the name of a study, or its folder')
    .option('--out <dir>', "where predictions.parquet and mlruns go. Default: the study's own folder")
    .option('--mlflow <url>', 'also send the runs to this MLflow server')
    .option(...studiesOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study export does-colour-help --mlflow http://localhost:5000')
    .action(async (study: string, options: StudyExportOptions) => {
      const { studyExportAction } = await import('../actions/study-export.js');
      await studyExportAction(study, options, context);
    });
}
