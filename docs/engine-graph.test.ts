import { expect, it } from 'vitest';
import * as engine from '../packages/engine/src/index.js';
import { runOnnxruntime } from '../packages/engine/test/onnxruntime.js';
import { blocksOf } from './pages.test-support.js';

/** The page's TypeScript as one program; its only mark of a type is a `!`. */
function program(): { readonly names: readonly string[]; readonly body: string } {
  const code = blocksOf('docs/engine-graph.md')
    .filter(({ language }) => language === 'ts')
    .map(({ text }) => text)
    .join('\n');
  const [, names, body] = /^import \{ (.*?) \} from '@chromaray\/engine';\n([\s\S]*)$/.exec(code)!;
  return { names: names!.split(', '), body: body!.replaceAll(')!)', '))') };
}

it('the examples of docs/engine-graph.md build a graph that computes the loss and its gradient', async () => {
  const { names, body } = program();
  const offered = engine as unknown as Record<string, unknown>;
  for (const name of names) expect(offered[name], name).toBeDefined();
  const build = new Function(...names, `${body}\nreturn graph;`);
  const graph = build(...names.map((name) => offered[name])) as engine.Graph;

  const x = Float64Array.from({ length: 24 }, (_, i) => ((i * 7) % 11) / 4 - 1);
  const outputs = await runOnnxruntime(graph, 17, new Map([['x', { dims: [8, 3], data: x }]]));
  const [loss, gradient] = graph.outputs.map(({ name }) => outputs.get(name)!);

  // mean((x w)²), and 2 xᵀ (x w) / 8, written out.
  const w = [0.1, 0.2, 0.3];
  const rows = Array.from({ length: 8 }, (_, i) => x.subarray(3 * i, 3 * i + 3));
  const y = rows.map((row) => w.reduce((sum, weight, j) => sum + weight * row[j]!, 0));
  expect(loss!.data[0]).toBeCloseTo(y.reduce((sum, value) => sum + value ** 2, 0) / 8, 6);
  expect(gradient!.dims).toEqual([3, 1]);
  for (const j of w.keys()) {
    expect(gradient!.data[j]).toBeCloseTo(
      rows.reduce((sum, row, i) => sum + (2 * row[j]! * y[i]!) / 8, 0),
      5,
    );
  }
});
