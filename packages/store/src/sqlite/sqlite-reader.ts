import type { StudyReader } from '../ports.js';
import type { StoredTrial } from '../rows.js';
import { unknownTrial } from '../trial-key.js';
import type { Connection } from './connection.js';
import { selectEpochs } from './epochs.js';
import { selectEvaluationPredictions, selectEvaluations } from './evaluations.js';
import { selectEvents } from './events.js';
import { selectPredictions } from './predictions.js';
import { evaluationsSince, eventsSince, schemaVersion } from './schema.js';
import { selectTrial, selectTrials, trialId } from './trials.js';

export interface ReaderOptions {
  /** Name of the study, for its events. */
  readonly study: string;
  /** Version of the tables: those that came later are empty. Default: the newest. */
  readonly version?: number;
  /** Whether a run holds the study just now. */
  readonly running: () => boolean;
}

/** No limit, as SQLite writes it. */
const everything = -1;

/** Reads a study's tables. */
export function sqliteReader(connection: Connection, options: ReaderOptions): StudyReader {
  const { study, version = schemaVersion, running } = options;
  // A killed run could not note that its trials were interrupted.
  const asTheyAre = (trials: readonly StoredTrial[]): readonly StoredTrial[] => {
    if (!trials.some(({ status }) => status === 'running') || running()) return trials;
    return trials.map((trial) => (trial.status === 'running' ? { ...trial, status: 'interrupted' } : trial));
  };
  return {
    trials: () => asTheyAre(selectTrials(connection)),
    trial(key) {
      const trial = selectTrial(connection, key);
      return trial === undefined ? undefined : asTheyAre([trial])[0];
    },
    epochs(trial) {
      const id = trialId(connection, trial);
      if (id === undefined) throw unknownTrial(connection.file, trial);
      return selectEpochs(connection, id);
    },
    predictions: (filter = {}) => selectPredictions(connection, filter, version),
    evaluations: () => (version < evaluationsSince ? [] : selectEvaluations(connection)),
    evaluationPredictions: (evaluation) =>
      version < evaluationsSince ? [] : selectEvaluationPredictions(connection, evaluation, version),
    events: (after = 0, most = everything) =>
      version < eventsSince ? { events: [], damage: null } : selectEvents(connection, study, after, most),
  };
}
