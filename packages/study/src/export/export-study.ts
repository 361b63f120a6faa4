import { existsSync } from 'node:fs';
import path from 'node:path';
import { type ChromarayError, writeFileAtomic } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { openStudyReader, readArtefact } from '@chromaray/store';
import { rebuildReport } from '../run/find-study.js';
import { readStudyFile } from '../study-file/read.js';
import { choicesOf } from '../tune/choices-of.js';
import { tunedStudy } from '../tune/tuned-study.js';
import { writeMlflowFolder } from './mlflow-folder.js';
import { mlflowRuns } from './mlflow-runs.js';
import { sendToMlflow } from './mlflow-server.js';
import { modelCard } from './model-card.js';
import { exportParquet } from './parquet.js';

export interface ExportOptions {
  /** Folder that holds studies. */
  readonly studies: string;
  /** Where Parquet and `mlruns` go. Default: the study's own folder. */
  readonly out?: string;
  /** Address of an MLflow server to send the runs to as well. */
  readonly mlflow?: string;
  readonly signal?: AbortSignal;
}

export interface StudyExport {
  readonly study: string;
  readonly parquet: string;
  readonly mlruns: string;
  readonly modelCards: readonly string[];
  /** Null where no server was named. */
  readonly server: { readonly address: string; readonly sent: number; readonly there: number } | null;
}

/**
 * Writes a study's results as other tools want them: predictions as Parquet, trials as MLflow runs, a card beside
 * each saved model. The report and verdict are worked out afresh first, so that all speak of the same predictions.
 *
 * @throws ChromarayError `CHROMARAY_EXPORT_EMPTY` without a finished trial; `CHROMARAY_MLFLOW_*`; `CHROMARAY_FILE_WRITE`
 */
export async function exportStudy(name: string, options: ExportOptions): Promise<StudyExport> {
  const { folder } = await rebuildReport(name, options.studies);
  const store = openStudyReader(folder);
  try {
    const declared = readStudyFile(folder.studyFile);
    const tuning = choicesOf(declared, folder);
    // As its models were trained.
    const study = tunedStudy(declared, tuning);
    const manifest = readArtefact('manifest', folder.manifest);
    const verdict = readArtefact('verdict', folder.verdict);
    const behaviour = readArtefact('behaviour', folder.behaviour);
    const runs = mlflowRuns(study, verdict, store, folder);
    if (runs.length === 0) throw nothing(study.name);

    const out = path.resolve(options.out ?? folder.root);
    const parquet = path.join(out, 'predictions.parquet');
    await exportParquet(store.predictions(), parquet);
    const mlruns = path.join(out, 'mlruns');
    writeMlflowFolder(mlruns, study.name, runs);
    const modelCards = store.trials().flatMap((trial) => {
      const model = folder.model(trial.arm, trial.seed);
      if (trial.status !== 'done' || !existsSync(model)) return [];
      const card = model.replace(/\.onnx$/, '.md');
      writeFileAtomic(card, modelCard(trial, { study, manifest, verdict, behaviour, tuning }));
      return [card];
    });
    const address = options.mlflow;
    const server =
      address === undefined ? null : { address, ...(await sendToMlflow(address, study.name, runs, options.signal)) };
    return { study: study.name, parquet, mlruns, modelCards, server };
  } finally {
    store.close();
  }
}

function nothing(study: string): ChromarayError {
  return codedError('CHROMARAY_EXPORT_EMPTY', {
    message: `No trial of ${study} is finished: there is nothing to export.`,
    details: { study },
  });
}
