import {
  floatTensor,
  type Model,
  NetworkBuilder,
  type Tensor,
  type TrainableModel,
  tensorOf,
  tensorValues,
} from '@chromaray/engine';
import { addColourUNet, answerScale, sideUnit } from './colour-unet.js';

/** U and V of a network's answer come to 1 at this many gray levels. */
export const chromaUnit = 64;

/**
 * `colour-unet` as it is trained: gray pixels, uint8 [batch, 1, side, side]; the answer, U and V in units of
 * {@link chromaUnit} gray levels at a quarter of the side, float32 [batch, 2 * (side / 4)²].
 *
 * @param side of the pictures, a multiple of 16
 * @param seed of the first weights, which depend on it and on nothing else
 */
export function trainableColourUNet(side: number, seed: number | string): TrainableModel {
  const network = new NetworkBuilder('colour-unet', seed);
  const { graph } = network;
  const pixels = graph.input('pixels', 'uint8', ['batch', 1, side, side]);
  const picture = graph.node('Mul', [graph.node('Cast', [pixels], { to: 1 }), graph.floats(1 / 255)]);
  const answer = network.flatten(addAnswer(network, addColourUNet(network, picture)));
  return network.finish(answer, answer);
}

/**
 * `colour-unet` as a file of the contract `uv`: gray from 0 to 1, float32 [1, 1, side, side]; U and V in gray
 * levels, float32 [1, 2, side, side]. Convolutions keep their weights in float16, which halves the file.
 *
 * @param weights by the names of {@link trainableColourUNet}
 */
export function colourUNetFile(weights: ReadonlyMap<string, Tensor>): Model {
  const network = new NetworkBuilder('colour-unet', 0);
  const { graph } = network;
  const picture = graph.input('input', 'float32', [1, 1, 'height', 'width']);
  const answer = addAnswer(network, addColourUNet(network, picture));
  const levels = graph.node('Mul', [answer, graph.floats(chromaUnit)]);
  const scales = graph.constant('scales', floatTensor([4], [1, 1, answerScale, answerScale]));
  const options = { outputs: ['output'] };
  const attributes = { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
  graph.output(graph.node('Resize', [levels, '', scales], attributes, options));
  const built = graph.build();
  const initializers = new Map([...built.initializers, ...weights]);
  return inHalfPrecision({
    graph: { ...built, initializers },
    opsets: new Map([['', network.opset]]),
    irVersion: 8,
    producer: 'chromaray',
    metadata: new Map(),
  });
}

/** Every tensor of the network as a training under this seed begins, running statistics of batch normalisation included. */
export function initialColourUNet(seed: number | string): ReadonlyMap<string, Tensor> {
  const { initializers } = trainableColourUNet(sideUnit, seed).model.graph;
  return new Map([...initializers].filter(([name]) => name.includes('/')));
}

function addAnswer(network: NetworkBuilder, value: string): string {
  return network.graph.node('Tanh', [network.convolution(value, { name: 'answer', filters: 2, kernel: 1 })]);
}

/** Tensors of fewer numbers stay in float32: they are few, and statistics of batch normalisation need the digits. */
const fewNumbers = 1024;

/** How a tensor is called where it is stored as float16. */
export const storedHalf = {
  name: (name: string): string => `${name}/half`,
  original: (name: string): string => name.replace(/\/half$/, ''),
};

/** The same network with its large tensors stored as float16, brought back to float32 where it starts. */
function inHalfPrecision(model: Model): Model {
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
