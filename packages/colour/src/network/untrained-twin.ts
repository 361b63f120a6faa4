import { floatTensor, type Model, type Tensor, tensorOf, tensorValues } from '@chromaray/engine';
import { initialColourUNet, storedHalf } from './models.js';

/**
 * A trained `colour-unet` with the weights that a training under `seed` begins from, running statistics included.
 *
 * @param model as `colourUNetFile` makes it
 * @param strength factor on its answer, U and V
 */
export function untrainedTwin(model: Model, seed: number | string, strength: number): Model {
  const { graph } = model;
  const initial = initialColourUNet(seed);
  const initializers = new Map<string, Tensor>();
  for (const [name, tensor] of graph.initializers) {
    const first = initial.get(storedHalf.original(name));
    const replaced = first !== undefined && first.data.length === tensor.data.length;
    initializers.set(name, replaced ? tensorOf(tensor.dtype, tensor.dims, tensorValues(first)) : tensor);
  }
  initializers.set('strength', floatTensor([], [strength]));
  const [{ name: output }] = graph.outputs as [Model['graph']['outputs'][number]];
  const weak = `${output}/weak`;
  const renamed = graph.nodes.map((node) => ({
    ...node,
    outputs: node.outputs.map((name) => (name === output ? weak : name)),
  }));
  const last = {
    ...{ opType: 'Mul', domain: '', name: 'strength', attributes: {} },
    ...{ inputs: [weak, 'strength'], outputs: [output] },
  };
  return { ...model, graph: { ...graph, initializers, nodes: [...renamed, last] } };
}
