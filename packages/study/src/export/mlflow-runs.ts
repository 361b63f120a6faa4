import { existsSync } from 'node:fs';
import { sha256 } from '@chromaray/base';
import { resolveArm, type StudyFile, type StudyFolder, type StudyVerdict } from '@chromaray/contracts';
import type { StoredTrial, StudyReader } from '@chromaray/store';
import { modelName } from '@chromaray/trials';
import { armMeasures } from './arm-measures.js';

/** One trial in MLflow's terms; times in milliseconds since 1970. */
export interface MlflowRun {
  /** 32 hexadecimal digits that follow from the trial, so that a second export finds the first. */
  readonly id: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: readonly MlflowMetric[];
  readonly tags: Readonly<Record<string, string>>;
  /** Files on this machine. */
  readonly artifacts: readonly string[];
}

export interface MlflowMetric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

/** The finished trials of a study, one MLflow run each: parameters, metrics by epoch, results on the test part, model. */
export function mlflowRuns(
  study: StudyFile,
  verdict: StudyVerdict,
  store: StudyReader,
  folder: StudyFolder,
): readonly MlflowRun[] {
  return store
    .trials()
    .filter(({ status }) => status === 'done')
    .map((trial) => {
      const start = Date.parse(trial.startedAt ?? trial.finishedAt ?? '') || 0;
      const end = Date.parse(trial.finishedAt ?? '') || start;
      const model = folder.model(trial.arm, trial.seed);
      return {
        id: sha256(`${study.name} ${trial.arm} ${trial.seed} ${trial.fingerprint}`).slice(0, 32),
        name: `${trial.arm}-${trial.seed}`,
        start,
        end,
        params: params(study, trial),
        metrics: [...epochMetrics(trial, store, start), ...testMetrics(trial, verdict, end)],
        tags: {
          'mlflow.runName': `${trial.arm}-${trial.seed}`,
          'chromaray.study': study.name,
          'chromaray.fingerprint': trial.fingerprint,
          'chromaray.version': verdict.versions.chromaray ?? '',
          'chromaray.notice': 'For research use only, not for diagnosis.',
        },
        artifacts: existsSync(model) ? [model] : [],
      };
    });
}

function params(study: StudyFile, trial: StoredTrial): Readonly<Record<string, string>> {
  const arm = study.arms.find(({ name }) => name === trial.arm)!;
  const { colour, image, balance, labels, model, training } = resolveArm(study, arm);
  const { size, ...operations } = image;
  const values = {
    arm: trial.arm,
    control: arm.control,
    seed: trial.seed,
    colour,
    preset: modelName(model),
    imageSize: size,
    operations: Object.keys(operations).length === 0 ? undefined : operations,
    split: study.split.method,
    balance: balance.method,
    labels,
    ...training,
    backend: trial.backend ?? training.backend,
    parameters: trial.parameters,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined || value === null
        ? []
        : [[key, typeof value === 'object' ? JSON.stringify(value) : String(value)]],
    ),
  );
}

function epochMetrics(trial: StoredTrial, store: StudyReader, start: number): readonly MlflowMetric[] {
  let timestamp = start;
  return store.epochs(trial).flatMap(({ epoch, seconds, ...measures }) => {
    timestamp += Math.round(1000 * seconds);
    return Object.entries(measures).flatMap(([key, value]) =>
      value === null ? [] : [{ key, value, timestamp, step: epoch }],
    );
  });
}

function testMetrics(trial: StoredTrial, verdict: StudyVerdict, end: number): readonly MlflowMetric[] {
  const result = verdict.arms.find(({ arm }) => arm === trial.arm);
  const place = result?.seeds.indexOf(trial.seed) ?? -1;
  if (result === undefined || place < 0) return [];
  return armMeasures(result, verdict).map(({ key, metric }) => ({
    key: `test_${key}`,
    value: metric.perSeed[place]!,
    timestamp: end,
    step: trial.bestEpoch ?? 0,
  }));
}
