import { floatTensor, type GraphNode, type Model, type Tensor, tensorOf, tensorValues } from '@chromaray/engine';
import { storedHalf } from './half-precision.js';
import { answerLayer, initialColourUNet } from './models.js';

/** Input of {@link untrainedTwin}: a factor on the logits, float32 scalar. */
export const gain = 'gain';

/**
 * A trained `colour-unet` with the weights that a training under `seed` begins from, running statistics included. One
 * input more, {@link gain}, is a factor on its logits: of a network that learned nothing all colours are about as likely,
 * and their mean is gray.
 *
 * @param model as `colourUNetFile` makes it
 */
export function untrainedTwin(model: Model, seed: number | string): Model {
  const { graph } = model;
  const initial = initialColourUNet(seed, binsOf(graph.initializers));
  const initializers = new Map<string, Tensor>();
  for (const [name, tensor] of graph.initializers) {
    const first = initial.get(storedHalf.original(name));
    const replaced = first !== undefined && first.data.length === tensor.data.length;
    initializers.set(name, replaced ? tensorOf(tensor.dtype, tensor.dims, tensorValues(first)) : tensor);
  }
  const nodes = graph.nodes.flatMap((node) => (node.name === answerLayer ? amplified(node) : [node]));
  const inputs = [...graph.inputs, { name: gain, dtype: 'float32' as const, shape: [] }];
  return { ...model, graph: { ...graph, initializers, inputs, nodes } };
}

/** The same network with its gain as a constant. */
export function withGain(model: Model, factor: number): Model {
  const { graph } = model;
  const initializers = new Map([...graph.initializers, [gain, floatTensor([], [factor])]]);
  return { ...model, graph: { ...graph, initializers, inputs: graph.inputs.filter(({ name }) => name !== gain) } };
}

function binsOf(initializers: ReadonlyMap<string, Tensor>): number {
  return [...initializers].find(([name]) => storedHalf.original(name) === `${answerLayer}/kernel`)![1].dims[0]!;
}

function amplified(node: GraphNode): readonly GraphNode[] {
  const [output] = node.outputs as [string];
  const quiet = `${output}/quiet`;
  const factor = { opType: 'Mul', domain: '', name: gain, attributes: {}, inputs: [quiet, gain], outputs: [output] };
  return [{ ...node, outputs: [quiet] }, factor];
}
