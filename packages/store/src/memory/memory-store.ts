import type { StudyEvent } from '@chromaray/contracts';
import type { StudyStore } from '../ports.js';
import type {
  EvaluationPrediction,
  StoredEpoch,
  StoredEvaluation,
  StoredTrial,
  TrialKey,
  TrialPrediction,
} from '../rows.js';
import { keyText, unknownTrial } from '../trial-key.js';

interface HeldTrial {
  trial: StoredTrial;
  epochs: readonly StoredEpoch[];
  predictions: readonly TrialPrediction[];
}

interface HeldEvaluation extends StoredEvaluation {
  readonly predictions: readonly EvaluationPrediction[];
}

/** A store that keeps nothing beyond this process: for tests, and for results without a folder. */
export function memoryStore(study: string): StudyStore {
  const trials = new Map<string, HeldTrial>();
  const evaluations: HeldEvaluation[] = [];
  let events: StudyEvent[] = [];
  let lastEvent = 0;

  const held = (key: TrialKey): HeldTrial => {
    const found = trials.get(keyText(key));
    if (found === undefined) throw unknownTrial('The store', key);
    return found;
  };
  const change = (key: TrialKey, change: Partial<StoredTrial>): void => {
    const found = held(key);
    found.trial = { ...found.trial, ...change };
  };

  return {
    plan(planned) {
      const fingerprints = new Map(planned.map((trial) => [keyText(trial), trial.fingerprint]));
      const forgotten = [...trials.values()]
        .map(({ trial }) => trial)
        .filter((trial) => fingerprints.get(keyText(trial)) !== trial.fingerprint);
      for (const trial of forgotten) trials.delete(keyText(trial));
      for (const { arm, seed, fingerprint } of planned) {
        const key = keyText({ arm, seed });
        if (trials.has(key)) continue;
        trials.set(key, { trial: { ...untouched, arm, seed, fingerprint }, epochs: [], predictions: [] });
      }
      return forgotten.map(({ arm, seed }) => ({ arm, seed }));
    },
    markInterrupted() {
      for (const { trial } of trials.values()) if (trial.status === 'running') change(trial, { status: 'interrupted' });
    },
    start(key, { backend, precision, threads, parameters = null }) {
      const startedAt = held(key).trial.startedAt ?? now();
      const machine = { backend, precision, threads, parameters };
      change(key, { status: 'running', startedAt, finishedAt: null, error: null, ...machine });
    },
    addEpoch(key, epoch) {
      const found = held(key);
      found.epochs = [...found.epochs.filter((earlier) => earlier.epoch < epoch.epoch), { ...epoch }];
    },
    complete(key, { details = {}, ...summary }, predictions) {
      for (const { probability } of predictions) requireProbability(probability);
      held(key).predictions = byRecord(predictions);
      change(key, { ...summary, details: copied(details), status: 'done', finishedAt: now(), error: null });
    },
    fail: (key, error) => change(key, { status: 'failed', finishedAt: now(), error: copied(error) }),
    interrupt: (key) => change(key, { status: 'interrupted' }),
    addEvaluation(dataset, name, predictions) {
      for (const { probability } of predictions) requireProbability(probability);
      const id = evaluations.length + 1;
      evaluations.push({ id, dataset, name, evaluatedAt: now(), predictions: byTrial(predictions) });
      return id;
    },
    addEvent(happening) {
      lastEvent++;
      const event: StudyEvent = { seq: lastEvent, at: now(), study, ...copied(happening) };
      const phase = event.kind === 'progress' ? event.phase : undefined;
      events = events.filter((earlier) => earlier.kind !== 'progress' || earlier.phase !== phase);
      events.push(event);
      return event;
    },
    trials: () => [...trials.values()].map(({ trial }) => trial),
    trial: (key) => trials.get(keyText(key))?.trial,
    epochs: (key) => held(key).epochs,
    predictions: ({ arm, seed, part } = {}) =>
      [...trials.values()]
        .filter(({ trial }) => trial.status === 'done')
        .filter(({ trial }) => trial.arm === (arm ?? trial.arm) && trial.seed === (seed ?? trial.seed))
        .flatMap(({ trial, predictions }) =>
          predictions
            .filter((prediction) => prediction.part === (part ?? prediction.part))
            .map((prediction) => ({ arm: trial.arm, seed: trial.seed, ...prediction })),
        ),
    evaluations: () => evaluations.map(({ predictions, ...evaluation }) => evaluation),
    evaluationPredictions: (id) => evaluations.find((evaluation) => evaluation.id === id)?.predictions ?? [],
    events: (after = 0, most = Number.POSITIVE_INFINITY) => ({
      events: events.filter(({ seq }) => seq > after).slice(0, most),
      damage: null,
    }),
    close() {},
  };
}

const untouched: Omit<StoredTrial, 'arm' | 'seed' | 'fingerprint'> = {
  ...{ status: 'waiting', startedAt: null, finishedAt: null, seconds: null, backend: null, precision: null },
  ...{ threads: null, parameters: null, epochsRun: null, bestEpoch: null, imagesPerSecond: null },
  ...{ peakMemoryBytes: null, error: null, details: {} },
};

/** What goes through a file comes back without what JSON cannot hold; so does what is kept here. */
function copied<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function requireProbability(probability: number): void {
  if (!(probability >= 0 && probability <= 1)) throw new Error(`${probability} is no probability.`);
}

function byRecord(predictions: readonly TrialPrediction[]): readonly TrialPrediction[] {
  return [...predictions].sort((a, b) => compareBytes(a.record, b.record));
}

function byTrial(predictions: readonly EvaluationPrediction[]): readonly EvaluationPrediction[] {
  return [...predictions].sort(
    (a, b) => compareBytes(a.arm, b.arm) || a.seed - b.seed || compareBytes(a.record, b.record),
  );
}

/** As SQLite sorts: by UTF-8 bytes, where JavaScript sorts by UTF-16 units. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function now(): string {
  return new Date().toISOString();
}
