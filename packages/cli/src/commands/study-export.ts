import path from 'node:path';
import { exportStudy, type StudyExport } from '@chromaray/study';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { jsonOption } from './command.js';
import { studiesOption } from './options.js';

interface Options {
  readonly studies: string;
  readonly out?: string;
  readonly mlflow?: string;
  readonly json?: boolean;
}

/** `chromaray study export <study>` */
export function addStudyExport(parent: Command, context: Context): void {
  parent
    .command('export')
    .description('results for other tools: Parquet, MLflow runs, a card beside each model')
    .argument('<study>', 'a study file, the name of a study, or its folder')
    .option('--out <dir>', "where predictions.parquet and mlruns go; the study's own folder unless told")
    .option('--mlflow <url>', 'also send the runs to this MLflow server')
    .option(...studiesOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study export does-colour-help --mlflow http://localhost:5000')
    .action(async (study: string, { studies, out, mlflow, json }: Options) => {
      const result = await exportStudy(study, {
        studies,
        ...(out === undefined ? {} : { out }),
        ...(mlflow === undefined ? {} : { mlflow }),
        signal: context.signal,
      });
      if (json) writeJson(context.out, result);
      else context.out.write(`${format(result)}\n`);
    });
}

function format({ parquet, mlruns, modelCards, server }: StudyExport): string {
  const [first] = modelCards;
  return [
    `Predictions  ${path.relative('', parquet)}`,
    `MLflow       ${path.relative('', mlruns)} (MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri ${path.relative('', mlruns)})`,
    `Model cards  ${first === undefined ? 'none: no model is kept' : `${modelCards.length} in ${path.relative('', path.dirname(first))}`}`,
    ...(server === null
      ? []
      : [`Server       ${server.sent} runs sent to ${server.address}, ${server.there} were there`]),
  ].join('\n');
}
