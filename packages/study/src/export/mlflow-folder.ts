import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { sha256, writeError, writeFileAtomic } from '@chromaray/base';
import { stringify } from 'yaml';
import type { MlflowMetric, MlflowRun } from './mlflow-runs.js';

/**
 * Writes runs as MLflow's file store keeps them, so that `mlflow ui --backend-store-uri <folder>` shows them. Written
 * again, the same runs take the same places.
 *
 * @param folder usually called `mlruns`
 * @throws ChromarayError `CHROMARAY_FILE_WRITE`
 */
export function writeMlflowFolder(folder: string, study: string, runs: readonly MlflowRun[]): void {
  const experiment = experimentId(study);
  const root = path.join(folder, experiment);
  const started = Math.min(...runs.map(({ start }) => start));
  const ended = Math.max(...runs.map(({ end }) => end));
  writeYaml(path.join(root, 'meta.yaml'), {
    artifact_location: pathToFileURL(root).href,
    creation_time: started,
    experiment_id: experiment,
    last_update_time: ended,
    lifecycle_stage: 'active',
    name: study,
  });
  for (const run of runs) writeRun(path.join(root, run.id), experiment, run);
}

/** MLflow wants digits; they follow from the study's name. */
function experimentId(study: string): string {
  return String(Number.parseInt(sha256(study).slice(0, 12), 16)).padStart(18, '1');
}

/** The numbers MLflow's file store has for "finished" and for a source that is local. */
const finished = 3;
const localSource = 4;

function writeRun(folder: string, experiment: string, run: MlflowRun): void {
  const artifacts = path.join(folder, 'artifacts');
  writeYaml(path.join(folder, 'meta.yaml'), {
    artifact_uri: pathToFileURL(artifacts).href,
    end_time: run.end,
    entry_point_name: '',
    experiment_id: experiment,
    lifecycle_stage: 'active',
    run_id: run.id,
    run_name: run.name,
    run_uuid: run.id,
    source_name: '',
    source_type: localSource,
    source_version: '',
    start_time: run.start,
    status: finished,
    tags: [],
    user_id: 'chromaray',
  });
  for (const [key, value] of Object.entries(run.params)) writeFileAtomic(path.join(folder, 'params', key), value);
  for (const [key, value] of Object.entries(run.tags)) writeFileAtomic(path.join(folder, 'tags', key), value);
  for (const [key, values] of byKey(run.metrics)) {
    const lines = values.map(({ timestamp, value, step }) => `${timestamp} ${value} ${step}\n`);
    writeFileAtomic(path.join(folder, 'metrics', key), lines.join(''));
  }
  for (const file of run.artifacts) copyInto(artifacts, file);
}

function byKey(metrics: readonly MlflowMetric[]): ReadonlyMap<string, readonly MlflowMetric[]> {
  const keys = new Map<string, MlflowMetric[]>();
  for (const metric of metrics) keys.set(metric.key, [...(keys.get(metric.key) ?? []), metric]);
  return keys;
}

function copyInto(folder: string, file: string): void {
  const target = path.join(folder, path.basename(file));
  try {
    mkdirSync(folder, { recursive: true });
    copyFileSync(file, target);
  } catch (error) {
    throw writeError(target, error);
  }
}

function writeYaml(file: string, content: object): void {
  writeFileAtomic(file, stringify(content));
}
