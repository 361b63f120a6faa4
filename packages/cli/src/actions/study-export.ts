import path from 'node:path';
import { exportStudy, type StudyExport } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';

export interface StudyExportOptions {
  readonly studies: string;
  readonly out?: string;
  readonly mlflow?: string;
  readonly json?: boolean;
}

/** What `chromaray study export <study>` does. */
export async function studyExportAction(
  study: string,
  { studies, out, mlflow, json }: StudyExportOptions,
  context: Context,
): Promise<void> {
  const result = await exportStudy(study, {
    studies,
    ...(out === undefined ? {} : { out }),
    ...(mlflow === undefined ? {} : { mlflow }),
    signal: context.signal,
  });
  if (json) writeJson(context.out, result);
  else printText(context.out, format(result));
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
