import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { openStudyStore, studyFolder } from '@chromaray/store';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DatasetState } from './datasets/open-dataset.js';
import { TestWorkbench } from './workbench.test-support.js';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });

/** A JSON Schema as far as requests are made of it. */
interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Node[];
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
}

interface Operation {
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Node }[];
  readonly requestBody?: { content: { 'application/json': { schema: Node } } };
}

const texts = [
  ...['', ' ', '.', '..', '../../etc/passwd', '/etc/passwd', '/dev/zero', '/proc/self/environ', 'data/../../x'],
  ...['%2e%2e%2fetc', '..\\..\\etc', 'C:\\Windows', 'file:///etc/passwd', '\\\\host\\share', '~/.ssh/id_rsa'],
  ...['a\u0000b', 'line\nbreak', '\u202egpj.exe', '\ud800', '💥'.repeat(300), '<script>alert(1)</script>', '"; --'],
  ...['__proto__', 'constructor', 'toString', 'null', 'undefined', '[]', '{}', 'true', '-1', '0', '1.5', '1e999'],
  ...['NaN', 'Infinity', '-0', '0x10', '9'.repeat(400), 'x'.repeat(9000), '$(reboot)', 'a,b', '*'],
];
const values = [
  ...texts,
  ...[null, true, -1, 1.5, 1e308, 2 ** 53, [], {}, [null], [[[]]], { toString: 1 }, { length: 1e9 }],
  ...[Array.from({ length: 5000 }, () => 'x'), JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`) as unknown],
  JSON.parse('{"__proto__":{"file":"../x"}}') as unknown,
];

let test: TestWorkbench;
let dataset: string;
beforeAll(async () => {
  test = await TestWorkbench.open();
  const store = openStudyStore(studyFolder(test.tiny.path('studies'), 'tiny').store);
  store.plan([{ arm: 'gray', seed: 1, fingerprint: 'f' }]);
  store.close();
  dataset = (await test.post<DatasetState>('/datasets/open', { path: 'data' })).id;
});
afterAll(() => test.close());

/** Something that a schema may accept, so that the other parts of a request are not what is refused. */
function plain(node: Node, name: string): unknown {
  if (node.enum !== undefined) return node.enum[0];
  if (node.anyOf !== undefined) return plain(node.anyOf[0]!, name);
  if (node.type === 'object')
    return Object.fromEntries(
      (node.required ?? []).map((key) => [key, plain(node.properties![key] ?? {}, key)] as const),
    );
  if (node.type === 'array') return [];
  if (node.type === 'boolean') return false;
  if (node.type === 'integer' || node.type === 'number') return node.minimum ?? 1;
  return /file/.test(name) ? 'none.yaml' : 'none';
}

let turn = 0;
/** Every third of many values, another third each time: all parameters together are given all of them many times. */
function third<Value>(all: readonly Value[]): readonly Value[] {
  turn++;
  return all.filter((_, i) => (i + turn) % 3 === 0);
}

/** Every request with one of its parts replaced by each of the values. */
async function* hostileRequests(): AsyncGenerator<{ address: string; body?: unknown; what: string }> {
  const { paths } = await test.get<{ paths: Record<string, Record<string, Operation>> }>('/openapi.json');
  for (const [at, methods] of Object.entries(paths))
    for (const [method, { parameters, requestBody }] of Object.entries(methods)) {
      const known = at.replace('/api', '').replace('{study}', 'tiny').replace('{dataset}', dataset);
      const route = known.replaceAll(/\{\w+\}/g, 'none');
      const query = parameters.filter((one) => one.in === 'query');
      const asPlain = query.filter(({ required }) => required).map(({ name, schema }) => [name, plain(schema, name)]);
      const body = requestBody?.content['application/json'].schema;
      const sent = (search: URLSearchParams) => ({
        address: `${route}${search.size === 0 ? '' : `?${search}`}`,
        ...(method === 'post' && { body: body === undefined ? {} : plain(body, '') }),
      });
      for (const { name } of [...query, { name: 'unknown' }])
        for (const text of third(texts)) {
          const search = new URLSearchParams(asPlain.map(([key, value]) => [String(key), String(value)]));
          search.set(name, text);
          yield { ...sent(search), what: `${method} ${route} ${name}=${text.slice(0, 30)}` };
        }
      for (const shape of body?.anyOf ?? (body === undefined ? [] : [body])) {
        const whole = plain(shape, '') as Record<string, unknown>;
        for (const value of third(values)) {
          const shown = `${JSON.stringify(value) ?? value}`.slice(0, 30);
          yield { address: route, body: value, what: `${method} ${route} body ${shown}` };
          for (const key of Object.keys(shape.properties ?? {}))
            yield { address: route, body: { ...whole, [key]: value }, what: `${method} ${route} ${key}: ${shown}` };
        }
      }
    }
}

/** Names of all that lies in a folder, without caches of data sets and what SQLite keeps beside a store while it is read. */
const inside = (folder: string): readonly string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => !name.includes('.cache') && !/\.db-(shm|wal)$/.test(name))
    .sort();

describe('every parameter of every route', () => {
  it('takes what nobody should send: no defect, no answer that takes long, nothing written, no path of this machine told', async () => {
    const isRead = async () => (await test.get<DatasetState>(`/datasets/${dataset}`)).progress;
    await expect.poll(isRead, { timeout: 250_000 }).toBeNull();
    const before = inside(test.tiny.folder);
    const wrong: string[] = [];
    let asked = 0;
    const ask = async ({ address, body, what }: { address: string; body?: unknown; what: string }): Promise<void> => {
      asked++;
      const gone = new AbortController();
      const headers = {
        Authorization: `Bearer ${test.server.token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      };
      const timer = setTimeout(() => gone.abort(), 60_000);
      try {
        const answer = await fetch(`${test.server.origin}/api${address}`, {
          ...{ headers, signal: gone.signal },
          ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        });
        if (answer.status >= 500) wrong.push(`${answer.status} ${what}: ${await answer.text()}`);
        else if (!answer.ok) {
          const error = (await answer.json()) as { code: string; remedy: string };
          if (!/^CHROMARAY_/.test(error.code) || error.remedy === '') wrong.push(`${what}: ${JSON.stringify(error)}`);
        }
      } catch (error) {
        wrong.push(`${what}: ${error}`);
      } finally {
        clearTimeout(timer);
        gone.abort();
      }
    };
    const requests = hostileRequests();
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        for (;;) {
          const { value, done } = await requests.next();
          if (done) return;
          await ask(value);
        }
      }),
    );
    console.log(`${asked} requests`);
    expect(wrong).toEqual([]);
    expect(test.defects).toEqual([]);
    expect(test.wrong).toEqual([]);
    // A study file is saved under the name that every other part was asked with; beside the opened folder stands nothing.
    const after = inside(test.tiny.folder).filter((name) => name !== 'none.yaml');
    expect(after).toEqual(before);
    const above = path.dirname(test.tiny.folder);
    for (const name of ['x', 'none.yaml', 'none.csv', 'etc', 'a', 'x.yaml'])
      expect(existsSync(path.join(above, name)), name).toBe(false);
    // It still answers.
    expect(await test.get<object[]>('/studies')).toHaveLength(1);
  });
});
