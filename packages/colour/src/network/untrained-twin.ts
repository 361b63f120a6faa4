import { floatTensor, type Model, type Tensor, tensorOf, tensorValues } from '@chromaray/engine';
import { initialColourUNet, storedHalf } from './models.js';

/**
 * A trained `colour-unet` with the weights that a training under `seed` begins from, running statistics included.
 *
 * @param model as `colourUNetFile` makes it
 */
export function untrainedTwin(model: Model, seed: number | string): Model {
  const { graph } = model;
  const initial = initialColourUNet(seed);
  const initializers = new Map<string, Tensor>();
  for (const [name, tensor] of graph.initializers) {
    const first = initial.get(storedHalf.original(name));
    const replaced = first !== undefined && first.data.length === tensor.data.length;
    initializers.set(name, replaced ? tensorOf(tensor.dtype, tensor.dims, tensorValues(first)) : tensor);
  }
  return { ...model, graph: { ...graph, initializers } };
}

/** The same network with its answer, U and V, times a factor. */
export function withStrength(model: Model, factor: number): Model {
  const { graph } = model;
  const [{ name: output }] = graph.outputs as [Model['graph']['outputs'][number]];
  const before = `${output}/before`;
  const renamed = graph.nodes.map((node) => ({
    ...node,
    outputs: node.outputs.map((name) => (name === output ? before : name)),
  }));
  const last = {
    ...{ opType: 'Mul', domain: '', name: 'strength', attributes: {} },
    ...{ inputs: [before, 'strength/factor'], outputs: [output] },
  };
  const initializers = new Map([...graph.initializers, ['strength/factor', floatTensor([], [factor])]]);
  return { ...model, graph: { ...graph, initializers, nodes: [...renamed, last] } };
}
