import { Random } from '@chromaray/base';
import { buildDeoldifyGenerator, extractSubgraph, saveModel, type Tensor, withWeights } from '@chromaray/engine';

/** DeOldify's artistic generator with an eighth of the encoder's channels and a third of the decoder's. */
const narrow = { encoderChannels: 8, factor: 0.5, seed: 1 } as const;

/**
 * Writes the narrow generator with random weights as a file of the contract `deoldify-imagenet`, for pictures of one side. The
 * weights follow from their names, whatever the side.
 */
export function writeDeoldifyFile(file: string, side: number): string {
  const { model } = buildDeoldifyGenerator({ ...narrow, height: side, width: side });
  const opset = model.opsets.get('')!;
  const drawn = new Map<string, Float32Array>();
  for (const [name, tensor] of model.graph.initializers) {
    const values = draw(name, tensor);
    if (values !== undefined) drawn.set(name, values);
  }
  const { graph, ...rest } = withWeights(model, drawn);
  saveModel(file, { ...rest, graph: extractSubgraph(graph, opset, ['input'], ['normalised']) });
  return file;
}

/** What begins as 0 or 1 gets values that make a difference; kernels begin at random already. */
function draw(name: string, { data }: Tensor): Float32Array | undefined {
  const random = new Random(name);
  const between = (low: number, high: number) =>
    Float32Array.from({ length: data.length }, () => random.uniform(low, high));
  if (name.endsWith('/gamma')) return Float32Array.of(0.6);
  if (/\/norm\/(scale|variance)$/.test(name)) return between(0.6, 1.4);
  if (/\/norm\/(bias|mean)$|\/bias$/.test(name)) return between(-0.3, 0.3);
  return undefined;
}
