import { GraphBuilder } from '../../builder/builder.js';
import { differentiate } from '../../differentiate/differentiate.js';
import { tensorOf } from '../../graph/tensor.js';
import type { BackendOptions, GradientSession, GradientSpecification } from '../backend.js';
import { gradientGraph } from '../gradient-graph.js';
import { gradientSession } from '../gradient-runner.js';
import { createOrtSession, wrap } from './ort.js';

/** A value of a model with its gradient, as one graph on ONNX Runtime. */
export const OrtGradientSession = {
  async create(specification: GradientSpecification, batch: number, options: BackendOptions): Promise<GradientSession> {
    const { model, output, unit, wrt } = specification;
    const cut = gradientGraph(specification, batch);
    // Nodes of the backward pass are named by their operators, as some models name theirs.
    const nodes = cut.graph.nodes.map((node) => ({ ...node, name: `forward/${node.name}` }));
    const builder = GraphBuilder.from({ ...cut.graph, nodes, outputs: [] }, cut.opset);
    const dims = builder.shape(output);
    const chosen = Array.from({ length: dims[0]! * dims[1]! }, (_, i) => Number(i % dims[1]! === unit));
    const seed = builder.constant(builder.unique('seed'), tensorOf('float32', dims, chosen));
    const gradient = differentiate(builder, { gradients: new Map([[output, seed]]), wrt: [wrt] }).get(wrt);
    for (const name of new Set([output, wrt])) builder.output(name);
    if (gradient !== undefined) builder.output(gradient);
    const shape = builder.shape(wrt);
    const opsets = new Map([...model.opsets, ['', cut.opset], ['com.microsoft', 1]] as [string, number][]);
    const session = await createOrtSession({ ...model, graph: builder.build(), opsets, metadata: new Map() }, options);
    const wanted = [...new Set([output, wrt, ...(gradient === undefined ? [] : [gradient])])];
    const { name, shape: pixelShape } = cut.pixels;
    return gradientSession(
      cut,
      shape.slice(1),
      async (pixels) => {
        const results = await session.run({ [name]: wrap('uint8', pixels, pixelShape) }, wanted);
        const floats = (key: string): Float32Array => results[key]!.data as Float32Array;
        const value = floats(wrt);
        return {
          output: floats(output),
          value,
          gradient: gradient === undefined ? new Float32Array(value.length) : floats(gradient),
        };
      },
      () => session.release(),
    );
  },
};
