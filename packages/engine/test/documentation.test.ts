import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import * as engine from '../src/index.js';

/** The first TypeScript example of the engine's page; it has no types in it and runs as it stands. */
function example(): { readonly names: readonly string[]; readonly body: string } {
  const page = readFileSync(new URL('../../../docs/engine.md', import.meta.url), 'utf8');
  const code = /```ts\n([\s\S]*?)```/.exec(page)![1]!;
  const [, names, body] = /^import \{ (.*?) \} from '@chromaray\/engine';\n([\s\S]*)$/.exec(code)!;
  return { names: names!.split(', '), body: body! };
}

it('the example of docs/engine.md runs and leaves a model', async () => {
  const { names, body } = example();
  const offered = engine as unknown as Record<string, unknown>;
  for (const name of names) expect(offered[name], name).toBeDefined();
  const pixels = new Uint8Array(4 * 64 * 64).fill(0, 0, 2 * 64 * 64).fill(255, 2 * 64 * 64);
  const examples = engine.arraySource({ shape: [1, 64, 64], pixels, targets: [0, 0, 1, 1] });
  const inputs = { pixels, targets: [0, 0, 1, 1], validation: examples, test: examples, console: { log: () => {} } };

  const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-docs-'));
  const before = process.cwd();
  process.chdir(folder);
  try {
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
    const run = new AsyncFunction(...names, ...Object.keys(inputs), `${body}\nreturn probabilities;`);
    const probabilities = (await run(...names.map((name) => offered[name]), ...Object.values(inputs))) as Float32Array;
    expect(probabilities).toHaveLength(4);
    const saved = engine.loadModel('small.onnx');
    expect(await engine.predict(saved, examples)).toEqual(probabilities);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
});
