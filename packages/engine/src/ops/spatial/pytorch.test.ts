import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { F64Tensor } from '../../../test/interpreter/f64-tensor.js';
import { runOnnxruntime } from '../../../test/onnxruntime.js';
import { GraphBuilder } from '../../builder/builder.js';
import { differentiate } from '../../differentiate/differentiate.js';
import { tensorOf } from '../../graph/tensor.js';
import type { Attributes, Graph } from '../../graph/types.js';

interface Recorded {
  readonly dims: readonly number[];
  readonly data: readonly number[];
}

interface Fixture {
  readonly torch: string;
  readonly cases: readonly {
    readonly name: string;
    readonly op: string;
    readonly attributes: Attributes;
    readonly inputs: Readonly<Record<string, Recorded>>;
    readonly weight: Recorded;
    readonly output: Recorded;
    readonly gradients: Readonly<Record<string, Recorded>>;
  }[];
}

// Recorded by test/reference/torch_spatial.py.
const file = new URL('../../../test/fixtures/torch-spatial.json', import.meta.url);
const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
const opset = 19;

const f64 = ({ dims, data }: Recorded): F64Tensor => ({ dims, data: Float64Array.from(data) });

function expectClose(found: F64Tensor, expected: Recorded, what: string): void {
  expect(found.dims, `shape of ${what}`).toEqual(expected.dims);
  const scale = Math.max(1, ...expected.data.map(Math.abs));
  expected.data.forEach((value, i) => {
    expect(Math.abs(found.data[i]! - value) / scale, `${what}[${i}]: ${found.data[i]}, not ${value}`).toBeLessThan(
      1e-5,
    );
  });
}

describe(`spatial operators on ONNX Runtime against PyTorch ${fixture.torch}`, () => {
  it.each(fixture.cases.map((recorded) => [`${recorded.op}: ${recorded.name}`, recorded] as const))(
    '%s',
    async (_, recorded) => {
      const builder = new GraphBuilder('pytorch', opset);
      const names = Object.entries(recorded.inputs).map(([name, { dims }]) => builder.input(name, 'float32', dims));
      const running = recorded.op === 'BatchNormalization' ? [zeros(builder, 'mean'), zeros(builder, 'variance')] : [];
      const outputCount = 1 + running.length;
      const inputs = [...names, ...running];
      const [output] = builder.nodeMany(recorded.op, inputs, recorded.attributes, { outputCount }) as [string];
      const { dims, data } = recorded.weight;
      const weight = builder.constant('weight', tensorOf('float32', dims, data));
      const gradients = differentiate(builder, { gradients: new Map([[output, weight]]), wrt: names });

      const wanted = [output, ...gradients.values()];
      const graph: Graph = {
        ...builder.build(),
        outputs: wanted.map((name) => ({ name, ...builder.type(name) })),
      };
      const feeds = new Map(Object.entries(recorded.inputs).map(([name, value]) => [name, f64(value)]));
      const results = await runOnnxruntime(graph, opset, feeds);
      expectClose(results.get(output)!, recorded.output, 'output');
      for (const name of names) {
        expectClose(results.get(gradients.get(name)!)!, recorded.gradients[name]!, `gradient of ${name}`);
      }
    },
  );
});

/** Running statistics, which batch statistics do not look at. */
function zeros(builder: GraphBuilder, name: string): string {
  const channels = builder.shape('scale');
  return builder.constant(name, tensorOf('float32', channels, new Array<number>(channels[0]!).fill(0)));
}
