import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { readCsv } from '@chromaray/testing/read-csv';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { runStudy, type StudyOutcome } from '../run/run-study.js';
import { exportStudy, type StudyExport } from './export-study.js';

/** Milliseconds; trials are processes of their own, which take long to start on a busy machine. */
const patience = 180_000;
const tiny = new TinyStudy();
const studies = tiny.path('studies');
let outcome: StudyOutcome;
let exported: StudyExport;

interface Asked {
  readonly call: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}

/** A server that answers as MLflow's REST interface documents, and remembers what it was asked. */
const asked: Asked[] = [];
const uploads: string[] = [];
const finished = new Set<string>();
let server: Server;
let isDeleted = false;

beforeAll(async () => {
  await tiny.writeData();
  outcome = await runStudy(tiny.studyFile({ seeds: '[1]', epochs: 2 }), { studies, runner: inProcessRunner });
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call = request.url!.replace(/^\/api\/2\.0\//, '');
      if (request.method === 'PUT') uploads.push(call);
      const body = request.method === 'POST' ? JSON.parse(Buffer.concat(chunks).toString()) : {};
      asked.push({ call, body, authorization: request.headers.authorization });
      const [status, answer] = reply(call, body);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  exported = await exportStudy('tiny', { studies, mlflow: address() });
}, patience);
afterAll(() => {
  server.close();
  tiny.remove();
});

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

function reply(call: string, body: Record<string, unknown>): [number, unknown] {
  if (call.startsWith('mlflow/experiments/get-by-name') && isDeleted)
    return [200, { experiment: { experiment_id: '7', lifecycle_stage: 'deleted' } }];
  if (call.startsWith('mlflow/experiments/get-by-name')) return [404, { error_code: 'RESOURCE_DOES_NOT_EXIST' }];
  if (call === 'mlflow/experiments/create') return [200, { experiment_id: '7' }];
  if (call === 'mlflow/runs/search') {
    const known = [...finished].some((fingerprint) => String(body.filter).includes(fingerprint));
    return [200, known ? { runs: [{}] } : {}];
  }
  if (call === 'mlflow/runs/create') {
    const tags = body.tags as { key: string; value: string }[];
    finished.add(tags.find(({ key }) => key === 'chromaray.fingerprint')!.value);
    const run_id = `run-${String(body.run_name)}`;
    return [200, { run: { info: { run_id, artifact_uri: `mlflow-artifacts:/7/${run_id}/artifacts` } } }];
  }
  if (call === 'mlflow/runs/log-batch' || call === 'mlflow/runs/update' || call.startsWith('mlflow-artifacts/'))
    return [200, {}];
  return [400, { error_code: 'BAD_REQUEST', message: call }];
}

describe('Parquet', () => {
  it('holds what predictions.csv holds, row by row', async () => {
    const { rows } = readCsv(outcome.folder.predictions);
    const content = readFileSync(exported.parquet);
    const file = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
    const read = await parquetReadObjects({ file: file as ArrayBuffer });
    expect(read).toHaveLength(rows.length);
    expect(
      read.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value)]))),
    ).toEqual(rows.map((row) => ({ ...row })));
  });
});

describe('the mlruns folder', () => {
  it('has an experiment, and a run a trial with parameters, metrics by epoch and the model', () => {
    const [experiment] = readdirSync(exported.mlruns);
    const root = path.join(exported.mlruns, experiment!);
    expect(parse(readFileSync(path.join(root, 'meta.yaml'), 'utf8'))).toMatchObject({
      name: 'tiny',
      lifecycle_stage: 'active',
    });
    const runs = readdirSync(root).filter((name) => name !== 'meta.yaml');
    expect(runs).toHaveLength(2);
    for (const run of runs) {
      const inside = (...names: string[]) => path.join(root, run, ...names);
      const meta = parse(readFileSync(inside('meta.yaml'), 'utf8'));
      expect(meta).toMatchObject({ run_id: run, status: 3, experiment_id: experiment });
      expect(readFileSync(inside('params', 'seed'), 'utf8')).toBe('1');
      const losses = readFileSync(inside('metrics', 'trainLoss'), 'utf8').trim().split('\n');
      expect(losses.map((line) => line.split(' ')[2])).toEqual(['1', '2']);
      const arm = outcome.verdict.arms.find(({ arm: name }) => meta.run_name === `${name}-1`)!;
      expect(Number(readFileSync(inside('metrics', 'test_auroc'), 'utf8').split(' ')[1])).toBe(arm.auroc.perSeed[0]);
      expect(existsSync(inside('artifacts', `${meta.run_name}.onnx`))).toBe(true);
    }
  });
});

describe('an MLflow server', () => {
  const calls = (call: string) => asked.filter((one) => one.call === call);

  it('is sent every run: parameters, metrics, model, and last that it is finished', () => {
    expect(exported.server).toMatchObject({ sent: 2, there: 0 });
    expect(calls('mlflow/experiments/create')[0]!.body).toEqual({ name: 'tiny' });
    const ofGray = asked.filter(({ body }) => body.run_id === 'run-gray-1');
    const params = ofGray.flatMap(({ body }) => (body.params as { key: string; value: string }[]) ?? []);
    expect(params).toContainEqual({ key: 'preset', value: 'small' });
    const metrics = ofGray.flatMap(({ body }) => (body.metrics as { key: string; step: number }[]) ?? []);
    expect(metrics.filter(({ key }) => key === 'validationLoss').map(({ step }) => step)).toEqual([1, 2]);
    expect(ofGray.at(-1)!).toMatchObject({ call: 'mlflow/runs/update', body: { status: 'FINISHED' } });
    expect(uploads.sort()).toEqual([
      'mlflow-artifacts/artifacts/7/run-gray-1/artifacts/gray-1.onnx',
      'mlflow-artifacts/artifacts/7/run-turbo-1/artifacts/turbo-1.onnx',
    ]);
  });

  it('is not sent a run twice', async () => {
    const again = await exportStudy('tiny', { studies, mlflow: address() });
    expect(again.server).toMatchObject({ sent: 0, there: 2 });
  });

  it('is told who calls as MLflow’s own client tells it', async () => {
    expect(asked.every(({ authorization }) => authorization === undefined)).toBe(true);
    const calling = async (environment: Record<string, string>): Promise<string | undefined> => {
      for (const [key, value] of Object.entries(environment)) vi.stubEnv(key, value);
      await exportStudy('tiny', { studies, mlflow: address() });
      vi.unstubAllEnvs();
      return asked.at(-1)!.authorization;
    };
    expect(await calling({ MLFLOW_TRACKING_TOKEN: 'abc' })).toBe('Bearer abc');
    const known = await calling({ MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: 'secret' });
    expect(known).toBe(`Basic ${Buffer.from('ann:secret').toString('base64')}`);
  });

  it('with a deleted experiment of the study’s name is not sent anything, and the remedy names it', async () => {
    const before = asked.length;
    isDeleted = true;
    const error = await exportStudy('tiny', { studies, mlflow: address() }).catch((reason) => reason);
    isDeleted = false;
    expect(error).toMatchObject({ code: 'CHROMARAY_MLFLOW_DELETED', details: { experiment: '7' } });
    expect(error.remedy).toContain('mlflow experiments restore --experiment-id 7');
    expect(asked.slice(before).map(({ call }) => call.split('?')[0])).toEqual(['mlflow/experiments/get-by-name']);
  });

  it.each([
    ['localhost:5000', 'http://localhost:5000.'],
    ['mlflow.example.org', 'http://mlflow.example.org.'],
    ['http://', 'http://localhost:5000.'],
    ['sqlite:///mlflow.db', 'mlflow server'],
    ['file:///tmp/mlruns', 'mlflow server'],
    ['http://ann:secret@localhost:5000', 'MLFLOW_TRACKING_USERNAME'],
  ])('is not looked for at %s', async (mlflow, remedy) => {
    const error = await exportStudy('tiny', { studies, mlflow }).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'CHROMARAY_MLFLOW_ADDRESS' });
    expect(error.remedy).toContain(remedy);
    expect(error.message).not.toContain('secret');
  });

  it('that does not answer, or answers no, is one clear error', async () => {
    await expect(exportStudy('tiny', { studies, mlflow: 'http://127.0.0.1:1' })).rejects.toMatchObject({
      code: 'CHROMARAY_MLFLOW_UNREACHABLE',
    });
    await expect(exportStudy('tiny', { studies, mlflow: `${address()}elsewhere` })).rejects.toMatchObject({
      code: 'CHROMARAY_MLFLOW_REFUSED',
    });
  });
});

describe('a model card', () => {
  it('has a YAML header with the results, and says what the model is not for', () => {
    const card = readFileSync(exported.modelCards[0]!, 'utf8');
    for (const words of ['fold', 'probabilities of']) expect(card).not.toContain(words);
    const [, header, text] = card.split(/^---$/m);
    const [index] = parse(header!)['model-index'];
    expect(index.results[0].metrics[0]).toEqual({ type: 'roc_auc', value: outcome.verdict.arms[0]!.auroc.perSeed[0] });
    expect(text).toMatch(/Not a medical device/);
    expect(text).toMatch(/## Not for/);
  });
});
