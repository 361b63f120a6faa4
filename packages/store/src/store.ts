import type { SerializedError } from '@chromaray/base';
import type { Part } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { type Connection, openDatabase, openExistingDatabase, storeError } from './database.js';
import { insertEvaluation, selectEvaluationPredictions, selectEvaluations } from './evaluations.js';
import { deleteTrial, insertPredictions, type PredictionFilter, selectEpochs, selectPredictions } from './queries.js';
import type {
  EvaluationPrediction,
  PlannedTrial,
  StoredEpoch,
  StoredEvaluation,
  StoredPrediction,
  StoredTrial,
  TrialKey,
  TrialPrediction,
  TrialStart,
  TrialSummary,
} from './rows.js';
import { inTransaction } from './transaction.js';
import { selectTrials } from './trial-row.js';

/**
 * What a study has computed so far: its trials, their epochs and their predictions, in `study.db`.
 *
 * One process writes, the one that runs the study; trials report to it by messages. Every method is one
 * transaction, so that a process killed at any moment leaves a store that is whole.
 */
export class StudyStore {
  private constructor(
    readonly file: string,
    private readonly connection: Connection,
  ) {}

  /** Opens a store for a study that runs, making the file where there is none. Errors: see `openDatabase`. */
  static open(file: string): StudyStore {
    return new StudyStore(file, openDatabase(file));
  }

  /** Opens the store of a study that has been run. @throws ChromarayError `CHROMARAY_STORE_MISSING` */
  static openExisting(file: string): StudyStore {
    return new StudyStore(file, openExistingDatabase(file));
  }

  close(): void {
    this.connection.close();
  }

  /**
   * Makes the store hold exactly these trials. A trial already there with the same fingerprint keeps all
   * it has; one with another fingerprint, or that is no longer planned, is forgotten with its results.
   *
   * @returns the trials that were forgotten, whose checkpoints are of no more use.
   */
  plan(trials: readonly PlannedTrial[]): readonly TrialKey[] {
    return this.write(() => {
      const planned = new Map(trials.map((trial) => [keyText(trial), trial.fingerprint]));
      const forgotten = this.trials().filter((trial) => planned.get(keyText(trial)) !== trial.fingerprint);
      for (const trial of forgotten) deleteTrial(this.connection, trial);
      const insert = this.connection.prepare(
        "INSERT INTO trials (arm, seed, fingerprint, status) VALUES (?, ?, ?, 'waiting') ON CONFLICT DO NOTHING",
      );
      for (const trial of trials) insert.run(trial.arm, trial.seed, trial.fingerprint);
      return forgotten.map(({ arm, seed }) => ({ arm, seed }));
    });
  }

  /** Call when a study starts: trials left `running` by a process that went away become `interrupted`. */
  markInterrupted(): void {
    this.write(() => this.connection.exec("UPDATE trials SET status = 'interrupted' WHERE status = 'running'"));
  }

  start(trial: TrialKey, start: TrialStart): void {
    this.write(() => {
      this.connection
        .prepare(
          `UPDATE trials SET status = 'running', started_at = coalesce(started_at, ?), finished_at = NULL, error = NULL,
             backend = ?, precision = ?, threads = ?, parameters = ? WHERE id = ?`,
        )
        .run(now(), start.backend, start.precision, start.threads, start.parameters ?? null, this.id(trial));
    });
  }

  /** Keeps one epoch; an epoch run again after a resume takes the place of the old one and of all later ones. */
  addEpoch(trial: TrialKey, epoch: StoredEpoch): void {
    this.write(() => {
      const id = this.id(trial);
      this.connection.prepare('DELETE FROM epochs WHERE trial = ? AND epoch >= ?').run(id, epoch.epoch);
      this.connection
        .prepare('INSERT INTO epochs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
        .run(
          id,
          epoch.epoch,
          epoch.trainLoss,
          epoch.trainAccuracy,
          epoch.validationLoss,
          epoch.validationAccuracy,
          epoch.validationAuroc,
          epoch.learningRate,
          epoch.seconds,
        );
    });
  }

  /** Keeps a finished trial's summary and all its predictions together, or nothing of them. */
  complete(trial: TrialKey, summary: TrialSummary, predictions: readonly TrialPrediction[]): void {
    this.write(() => {
      const id = this.id(trial);
      insertPredictions(this.connection, id, predictions);
      this.connection
        .prepare(
          `UPDATE trials SET status = 'done', finished_at = ?, seconds = ?, epochs_run = ?, best_epoch = ?,
             images_per_second = ?, peak_memory_bytes = ?, details = ?, error = NULL WHERE id = ?`,
        )
        .run(
          now(),
          summary.seconds,
          summary.epochsRun,
          summary.bestEpoch,
          summary.imagesPerSecond,
          summary.peakMemoryBytes,
          JSON.stringify(summary.details ?? {}),
          id,
        );
    });
  }

  /** Notes that a trial ended with an error, and which. */
  fail(trial: TrialKey, error: SerializedError): void {
    this.write(() => {
      this.connection
        .prepare("UPDATE trials SET status = 'failed', finished_at = ?, error = ? WHERE id = ?")
        .run(now(), JSON.stringify(error), this.id(trial));
    });
  }

  /** Notes that a running trial was stopped on purpose; it resumes from its last checkpoint. */
  interrupt(trial: TrialKey): void {
    this.write(() => {
      this.connection.prepare("UPDATE trials SET status = 'interrupted' WHERE id = ?").run(this.id(trial));
    });
  }

  /** All trials in the order they were planned. */
  trials(): readonly StoredTrial[] {
    return this.guard(() => selectTrials(this.connection));
  }

  /** One trial, or undefined when it is not planned. */
  trial(key: TrialKey): StoredTrial | undefined {
    return this.trials().find((trial) => keyText(trial) === keyText(key));
  }

  /** A trial's epochs in order. */
  epochs(trial: TrialKey): readonly StoredEpoch[] {
    return this.guard(() => selectEpochs(this.connection, this.id(trial)));
  }

  /** Predictions of finished trials, in the order of trials, then of records. */
  predictions(filter: Partial<TrialKey> & { readonly part?: Part } = {}): readonly StoredPrediction[] {
    return this.guard(() => selectPredictions(this.connection, filter satisfies PredictionFilter));
  }

  /** Keeps one look of the frozen models at another data set, with all it predicted. @returns its id */
  addEvaluation(dataset: string, name: string, predictions: readonly EvaluationPrediction[]): number {
    return this.write(() => insertEvaluation(this.connection, { dataset, name, evaluatedAt: now() }, predictions));
  }

  /** Every look at another data set, in order. */
  evaluations(): readonly StoredEvaluation[] {
    return this.guard(() => selectEvaluations(this.connection));
  }

  /** What one look predicted, by arm, seed and record. */
  evaluationPredictions(evaluation: number): readonly EvaluationPrediction[] {
    return this.guard(() => selectEvaluationPredictions(this.connection, evaluation));
  }

  private id(trial: TrialKey): number {
    const row = this.connection
      .prepare('SELECT id FROM trials WHERE arm = ? AND seed = ?')
      .get(trial.arm, trial.seed) as { id: number } | undefined;
    if (row !== undefined) return row.id;
    throw codedError('CHROMARAY_STORE_TRIAL_UNKNOWN', {
      message: `${this.file} holds no trial of arm "${trial.arm}" with seed ${trial.seed}.`,
      details: { arm: trial.arm, seed: trial.seed },
    });
  }

  private write<T>(action: () => T): T {
    return this.guard(() => inTransaction(this.connection, action));
  }

  private guard<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw storeError(this.file, error);
    }
  }
}

function keyText(trial: TrialKey): string {
  return JSON.stringify([trial.arm, trial.seed]);
}

function now(): string {
  return new Date().toISOString();
}
