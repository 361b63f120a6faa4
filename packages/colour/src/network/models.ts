import {
  type Backbone,
  floatTensor,
  type Model,
  NetworkBuilder,
  type Tensor,
  type TrainableModel,
} from '@chromaray/engine';
import { addColourUNet, answerScale, sideUnit } from './colour-unet.js';
import { inHalfPrecision } from './half-precision.js';
import { addPicture } from './picture.js';

/** How a network's answer becomes a colour: of bins, by likelihood. */
export interface ColourAnswer {
  /** U and V of each bin, in gray levels. */
  readonly centres: readonly (readonly [u: number, v: number])[];
  /** Added to the bins' logits after division by the temperature: what makes rare colours count more. */
  readonly offsets: readonly number[];
  /** Below 1: likely bins count more than their probability, between the mean (1) and the most likely colour (0). */
  readonly temperature: number;
}

/**
 * `colour-unet` as it is trained: gray pixels, uint8 [batch, 1, side, side]; logits of the bins at a quarter of the side,
 * float32 [batch, bins, side / 4, side / 4]; and what the model gives, U and V in gray levels, [batch, 2, side / 4, side / 4].
 *
 * @param side of the pictures, a multiple of 16
 * @param seed of the first weights, which depend on it and on nothing else
 * @param learned what the loss is taken on: the logits (`bins`), U and V (`colours`), or the coloured picture (`picture`,
 *   float32 [batch, 3, side, side] in ImageNet's units, which the model then gives, too)
 * @param encoder a pretrained network in place of the way down
 */
export function trainableColourUNet(
  side: number,
  seed: number | string,
  answer: ColourAnswer,
  learned: 'bins' | 'colours' | 'picture' = 'bins',
  encoder?: Backbone,
): TrainableModel {
  const network = new NetworkBuilder('colour-unet', seed, encoder?.opset);
  const { graph } = network;
  const pixels = graph.input('pixels', 'uint8', ['batch', 1, side, side]);
  const picture = graph.node('Mul', [graph.node('Cast', [pixels], { to: 1 }), graph.floats(1 / 255)]);
  const logits = addLogits(network, addColourUNet(network, picture, encoder), answer);
  const colours = addColours(network, logits, answer);
  if (learned === 'picture')
    return network.finishAs(addPicture(network, picture, enlarged(network, colours)), 'picture');
  return learned === 'bins' ? network.finish(logits, colours) : network.finishAs(colours, 'chroma');
}

/**
 * `colour-unet` as a file of the contract `uv`: gray from 0 to 1, float32 [1, 1, side, side]; U and V in gray levels,
 * float32 [1, 2, side, side]. Convolutions keep their weights in float16, which halves the file.
 *
 * @param weights by the names of {@link trainableColourUNet}
 */
export function colourUNetFile(weights: ReadonlyMap<string, Tensor>, answer: ColourAnswer, encoder?: Backbone): Model {
  const network = new NetworkBuilder('colour-unet', 0, encoder?.opset);
  const { graph } = network;
  const picture = graph.input('input', 'float32', [1, 1, 'height', 'width']);
  const logits = addLogits(network, addColourUNet(network, picture, encoder), answer);
  const scales = graph.constant('scales', floatTensor([4], [1, 1, answerScale, answerScale]));
  const colours = addColours(network, logits, answer);
  graph.output(graph.node('Resize', [colours, '', scales], bilinear, { outputs: ['output'] }));
  const built = graph.build();
  const known = [...weights].filter(([name]) => built.initializers.has(name));
  return inHalfPrecision({
    graph: { ...built, initializers: new Map([...built.initializers, ...known]) },
    opsets: new Map([['', network.opset]]),
    irVersion: 8,
    producer: 'chromaray',
    metadata: new Map(),
  });
}

const bilinear = { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };

/** U and V at the picture's size. */
function enlarged({ graph }: NetworkBuilder, colours: string): string {
  return graph.node('Resize', [colours, '', graph.floats([1, 1, answerScale, answerScale])], bilinear);
}

/** The layer whose output the logits are. */
export const answerLayer = 'answer';

function addLogits(network: NetworkBuilder, value: string, { centres }: ColourAnswer): string {
  return network.convolution(value, { name: answerLayer, filters: centres.length, kernel: 1 });
}

/** The mean of the bins' colours, weighed by `softmax(logits / temperature + offsets)`: the annealed mean of Zhang 2016. */
function addColours(network: NetworkBuilder, logits: string, { centres, offsets, temperature }: ColourAnswer): string {
  const { graph } = network;
  const bins = centres.length;
  const sharper = graph.node('Mul', [logits, graph.floats(1 / temperature)]);
  const shifted = graph.node('Add', [sharper, graph.constant('offsets', floatTensor([1, bins, 1, 1], offsets))]);
  const colours = [...centres.map(([u]) => u), ...centres.map(([, v]) => v)];
  const kernel = graph.constant('colours', floatTensor([2, bins, 1, 1], colours));
  return graph.node('Conv', [graph.node('Softmax', [shifted], { axis: 1 }), kernel], { kernel_shape: [1, 1] });
}

/** Every tensor of the network as a training under this seed begins, running statistics of batch normalisation included. */
export function initialColourUNet(seed: number | string, bins: number): ReadonlyMap<string, Tensor> {
  const nothing = Array.from({ length: bins }, () => 0);
  const answer = { centres: nothing.map(() => [0, 0] as const), offsets: nothing, temperature: 1 };
  const { initializers } = trainableColourUNet(sideUnit, seed, answer).model.graph;
  return new Map([...initializers].filter(([name]) => name.includes('/')));
}
