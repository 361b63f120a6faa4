import { GraphBuilder } from '../../../builder/builder.js';
import type { BackendOptions, GradientSession, GradientSpecification } from '../../backend.js';
import { gradientGraph } from '../../gradient-graph.js';
import { gradientSession } from '../../gradient-runner.js';
import { compile } from '../compile/compile.js';
import type { Library } from '../native/library.js';
import { activationType } from './precision.js';
import { TensorBlock } from './state-memory.js';
import { threadsOf } from './threads.js';

/** A value of a model with its gradient: a forward pass, and a backward pass that ends at the value. */
export const OnednnGradientSession = {
  async create(
    library: Library,
    specification: GradientSpecification,
    batch: number,
    options: BackendOptions,
  ): Promise<GradientSession> {
    const { output, unit, wrt } = specification;
    const threads = threadsOf(options);
    library.setThreads(threads);
    const cut = gradientGraph(specification, batch);
    const types = GraphBuilder.from(cut.graph, cut.opset);
    const [dims, shape] = [types.shape(output), types.shape(wrt)];
    const block = new TensorBlock(new Map([[wrt, shape]]));
    const { memory, floats } = block.get(wrt);
    const seed = Float32Array.from({ length: dims[0]! * dims[1]! }, (_, i) => Number(i % dims[1]! === unit));
    const compiled = await compile({
      ...{ library, graph: cut.graph, opset: cut.opset, outputs: [...new Set([output, wrt])] },
      activations: activationType(library, options),
      tensors: new Map(),
      fixedTensors: true,
      options,
      training: {
        masks: [],
        fillMask: () => {},
        values: [output],
        gradients: new Map([[wrt, memory]]),
        loss: async (_, gradients) => gradients.get(output)!.set(seed),
      },
    });
    return gradientSession(
      cut,
      shape.slice(1),
      async (pixels) => {
        library.setThreads(threads);
        await compiled.run(pixels);
        return { output: compiled.outputs.get(output)!, value: compiled.outputs.get(wrt)!, gradient: floats };
      },
      () => compiled.release(),
    );
  },
};
