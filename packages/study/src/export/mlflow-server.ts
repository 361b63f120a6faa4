import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { MlflowRun } from './mlflow-runs.js';

/** What MLflow takes in one `log-batch`. */
const most = { metrics: 1000, params: 100 } as const;

/**
 * Sends runs to an MLflow server by its REST interface (2.0). A run that is there, by its fingerprint, is left alone.
 * Models are uploaded where the server keeps artifacts itself (`mlflow server --serve-artifacts`, its default).
 *
 * @param server `http://host:5000`
 * @returns how many were sent and how many were there
 * @throws ChromarayError `CHROMARAY_MLFLOW_ADDRESS`, `_UNREACHABLE`, `_DELETED` for an experiment of the study's name that
 *   was deleted, `_REFUSED`
 */
export async function sendToMlflow(
  server: string,
  study: string,
  runs: readonly MlflowRun[],
  signal?: AbortSignal,
): Promise<{ readonly sent: number; readonly there: number }> {
  const api = new MlflowApi(checkedAddress(server), signal);
  const experiment = await experimentOf(api, study);
  let sent = 0;
  for (const run of runs) {
    if (await isThere(api, experiment, run)) continue;
    await sendRun(api, experiment, run);
    sent++;
  }
  return { sent, there: runs.length - sent };
}

async function experimentOf(api: MlflowApi, name: string): Promise<string> {
  // Deleted experiments are found too; runs cannot be added to them, and their names stay taken.
  const found = await api.find<{ experiment: { experiment_id: string; lifecycle_stage?: string } }>(
    `experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`,
  );
  if (found?.experiment.lifecycle_stage === 'deleted') throw deleted(api.base, name, found.experiment.experiment_id);
  if (found !== undefined) return found.experiment.experiment_id;
  const made = await api.post<{ experiment_id: string }>('experiments/create', { name });
  return made.experiment_id;
}

async function isThere(api: MlflowApi, experiment: string, run: MlflowRun): Promise<boolean> {
  const { runs = [] } = await api.post<{ runs?: readonly unknown[] }>('runs/search', {
    experiment_ids: [experiment],
    filter: `tags.\`chromaray.fingerprint\` = '${run.tags['chromaray.fingerprint']}' and attributes.status = 'FINISHED'`,
    max_results: 1,
  });
  return runs.length > 0;
}

async function sendRun(api: MlflowApi, experiment: string, run: MlflowRun): Promise<void> {
  const created = await api.post<{ run: { info: { run_id: string; artifact_uri?: string } } }>('runs/create', {
    experiment_id: experiment,
    run_name: run.name,
    start_time: run.start,
    tags: pairs(run.tags),
  });
  const { run_id, artifact_uri = '' } = created.run.info;
  for (const params of chunks(pairs(run.params), most.params)) await api.post('runs/log-batch', { run_id, params });
  for (const metrics of chunks(run.metrics, most.metrics)) await api.post('runs/log-batch', { run_id, metrics });
  const kept = /^mlflow-artifacts:(?:\/\/[^/]*)?\/(.*)$/.exec(artifact_uri)?.[1];
  if (kept !== undefined) {
    for (const file of run.artifacts) await api.upload(`${kept}/${path.basename(file)}`, readFileSync(file));
  }
  // Last, so that a run which was cut off does not pass for whole.
  await api.post('runs/update', { run_id, status: 'FINISHED', end_time: run.end });
}

function pairs(values: Readonly<Record<string, string>>): readonly { readonly key: string; readonly value: string }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** The address, where it is one of a server. */
function checkedAddress(server: string): string {
  const fault = addressFault(server);
  if (fault === undefined) return server;
  throw codedError('CHROMARAY_MLFLOW_ADDRESS', {
    message: `"${server.replace(/\/\/[^/@]*@/, '//')}" is no address of an MLflow server: ${fault.found}.`,
    remedy: fault.remedy,
    details: {},
  });
}

function addressFault(server: string): { readonly found: string; readonly remedy: string } | undefined {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(server)?.[0].toLowerCase();
  if (scheme === undefined) {
    const whole = URL.canParse(`http://${server}`) ? `http://${server}` : 'http://localhost:5000';
    return {
      found: 'it does not begin with http:// or https://',
      remedy: `Write the whole address, such as ${whole}.`,
    };
  }
  if (scheme !== 'http://' && scheme !== 'https://') {
    const remedy = 'Start `mlflow server` with it, and give the address of that server.';
    return { found: `${scheme} names a store, not a server`, remedy };
  }
  if (!URL.canParse(server)) {
    return { found: 'it names no host', remedy: 'Write the whole address, such as http://localhost:5000.' };
  }
  const { username, password } = new URL(server);
  if (username === '' && password === '') return undefined;
  const remedy = 'Put them in the environment: MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.';
  return { found: 'it holds a user or password, which histories keep', remedy };
}

function deleted(server: string, name: string, id: string): ChromarayError {
  return codedError('CHROMARAY_MLFLOW_DELETED', {
    message: `The experiment "${name}" (${id}) on the MLflow server at ${server} was deleted, and its name is still taken.`,
    remedy: `Restore it with \`mlflow experiments restore --experiment-id ${id}\` or remove it for good with \`mlflow gc\`, both on the server, and export again.`,
    details: { server, experiment: id },
  });
}

/** By the environment variables that MLflow's own client reads. */
function authorization(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const { MLFLOW_TRACKING_TOKEN: token, MLFLOW_TRACKING_USERNAME: user } = environment;
  if (user) {
    const password = environment.MLFLOW_TRACKING_PASSWORD ?? '';
    return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
  }
  return token ? { authorization: `Bearer ${token}` } : {};
}

/** Requests to one server. */
class MlflowApi {
  readonly base: string;
  private readonly authorization: Readonly<Record<string, string>>;

  constructor(
    server: string,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.base = server.replace(/\/+$/, '');
    this.authorization = authorization(process.env);
  }

  async post<T>(call: string, body: object): Promise<T> {
    const response = await this.request(`2.0/mlflow/${call}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw await this.refused(call, response);
    return (await response.json()) as T;
  }

  /** A GET whose answer may be that there is no such thing. */
  async find<T>(call: string): Promise<T | undefined> {
    const response = await this.request(`2.0/mlflow/${call}`, {});
    if (response.status === 404) return undefined;
    if (!response.ok) throw await this.refused(call, response);
    return (await response.json()) as T;
  }

  async upload(place: string, content: Uint8Array<ArrayBuffer>): Promise<void> {
    const call = `2.0/mlflow-artifacts/artifacts/${place}`;
    const response = await this.request(call, { method: 'PUT', body: content });
    if (!response.ok) throw await this.refused(call, response);
  }

  private async request(
    call: string,
    options: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
  ): Promise<Response> {
    try {
      return await fetch(`${this.base}/api/${call}`, {
        ...options,
        headers: { ...this.authorization, ...options.headers },
        ...(this.signal ? { signal: this.signal } : {}),
      });
    } catch (cause) {
      if (this.signal?.aborted) throw cause;
      throw codedError('CHROMARAY_MLFLOW_UNREACHABLE', {
        message: `No MLflow server answers at ${this.base}.`,
        cause,
        details: { server: this.base },
      });
    }
  }

  private async refused(call: string, response: Response): Promise<ChromarayError> {
    const text = (await response.text()).slice(0, 500);
    return codedError('CHROMARAY_MLFLOW_REFUSED', {
      message: `The MLflow server at ${this.base} answered ${response.status} to ${call}: ${text}`,
      remedy:
        response.status === 401 || response.status === 403
          ? 'Set the credentials in the environment: MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.'
          : 'Check that the address is that of an MLflow tracking server and that it may be written to.',
      details: { server: this.base, call, status: response.status },
    });
  }
}
