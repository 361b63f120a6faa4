import { type Model, type Tensor, tensorOf, tensorValues } from '@chromaray/engine';

/** Tensors of fewer numbers stay in float32: they are few, and statistics of batch normalisation need the digits. */
const fewNumbers = 1024;

/** How a tensor is called where it is stored as float16. */
export const storedHalf = {
  name: (name: string): string => `${name}/half`,
  original: (name: string): string => name.replace(/\/half$/, ''),
};

/** The same network with its large tensors stored as float16, brought back to float32 where it starts. */
export function inHalfPrecision(model: Model): Model {
  const { graph } = model;
  const initializers = new Map<string, Tensor>();
  const casts: Model['graph']['nodes'][number][] = [];
  for (const [name, tensor] of graph.initializers) {
    if (tensor.dtype !== 'float32' || tensor.data.length < fewNumbers) {
      initializers.set(name, tensor);
      continue;
    }
    const half = storedHalf.name(name);
    initializers.set(half, tensorOf('float16', tensor.dims, tensorValues(tensor)));
    casts.push({
      opType: 'Cast',
      domain: '',
      name: `${name}/cast`,
      inputs: [half],
      outputs: [name],
      attributes: { to: 1 },
    });
  }
  return { ...model, graph: { ...graph, initializers, nodes: [...casts, ...graph.nodes] } };
}
