import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { F64Tensor } from '../../test/interpreter/f64-tensor.js';
import { runOnnxruntime } from '../../test/onnxruntime.js';
import { GraphBuilder } from '../builder/builder.js';
import { differentiate } from '../differentiate/differentiate.js';
import { tensorOf } from '../graph/tensor.js';
import type { Attributes, Graph } from '../graph/types.js';

interface Recorded {
  readonly dims: readonly number[];
  readonly data: readonly number[];
}

interface Fixture {
  readonly torch: string;
  readonly cases: readonly {
    readonly name: string;
    readonly op: string;
    readonly opset: number;
    readonly attributes: Attributes;
    readonly inputs: Readonly<Record<string, Recorded>>;
    readonly weight: Recorded;
    readonly output: Recorded;
    readonly gradients: Readonly<Record<string, Recorded>>;
  }[];
}

// Recorded by test/reference/torch_operators.py.
const file = new URL('../../test/fixtures/torch-operators.json', import.meta.url);
const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

function expectClose(found: F64Tensor, expected: Recorded, what: string): void {
  expect(found.dims, `shape of ${what}`).toEqual(expected.dims);
  const scale = Math.max(1, ...expected.data.map(Math.abs));
  expected.data.forEach((value, i) => {
    expect(Math.abs(found.data[i]! - value) / scale, `${what}[${i}]: ${found.data[i]}, not ${value}`).toBeLessThan(
      1e-5,
    );
  });
}

describe(`operators of imported networks on ONNX Runtime against PyTorch ${fixture.torch}`, () => {
  it.each(fixture.cases.map((recorded) => [`${recorded.op} ${recorded.name}`, recorded] as const))(
    '%s',
    async (_, { op, opset, attributes, inputs, weight, output: expected, gradients: expectedGradients }) => {
      const builder = new GraphBuilder('pytorch', opset);
      const names = Object.entries(inputs).map(([name, { dims }]) => builder.input(name, 'float32', dims));
      const more = op === 'CumSum' ? [builder.ints(1)] : [];
      const output = builder.node(op, [...names, ...more], attributes);
      const seed = builder.constant('weight', tensorOf('float32', weight.dims, weight.data));
      const gradients = differentiate(builder, { gradients: new Map([[output, seed]]), wrt: names });
      const wanted = [output, ...gradients.values()];
      const graph: Graph = { ...builder.build(), outputs: wanted.map((name) => ({ name, ...builder.type(name) })) };
      const feeds = new Map(
        Object.entries(inputs).map(([name, { dims, data }]) => [name, { dims, data: Float64Array.from(data) }]),
      );
      const results = await runOnnxruntime(graph, opset, feeds);
      expectClose(results.get(output)!, expected, 'output');
      for (const name of names) {
        expectClose(results.get(gradients.get(name)!)!, expectedGradients[name]!, `gradient of ${name}`);
      }
    },
  );
});
