import { ChromarayError } from '@chromaray/base';
import type { NetworkBuilder } from './network-builder.js';

/**
 * What a network sees of an X-ray, as part of its graph; a saved model therefore takes plain uint8 pixels
 * and colours them itself.
 *
 * - `gray`: one channel, scaled to 0..1.
 * - `repeat`: that channel three times: the control with as many weights as a colour network and no colour.
 * - `table`: a colour map: 256 rows of red, green, blue (0-255), looked up by gray value.
 * - `rgb`: pixels that have three channels already, from an external colorizer.
 * - `learned`: a mapping from gray to three channels that is trained with the network: two 1x1 convolutions
 *   with a ReLU between them, through `hidden` (8) values.
 * - `learned-gray`: the control of `learned`: as many weights, but its outcome is averaged to one gray that
 *   is repeated, so that nothing can be distinguished by colour.
 */
export type InputTransform =
  | { readonly kind: 'gray' }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'table'; readonly table: Uint8Array }
  | { readonly kind: 'rgb' }
  | { readonly kind: 'learned'; readonly hidden?: number }
  | { readonly kind: 'learned-gray'; readonly hidden?: number };

/** Channels of the pixels a transform takes. */
export function pixelChannels(transform: InputTransform): 1 | 3 {
  return transform.kind === 'rgb' ? 3 : 1;
}

/** Channels the network behind a transform sees. */
export function networkChannels(transform: InputTransform): 1 | 3 {
  return transform.kind === 'gray' ? 1 : 3;
}

/**
 * Adds the input `pixels` (uint8, [batch, 1 or 3, height, width]) and the transform, and returns float32
 * [batch, 1 or 3, height, width] in 0..1.
 *
 * @param channels - how many the network behind it takes, where that is settled, as by pretrained weights: gray is
 *   then repeated three times, or three equal channels become one
 * @throws ChromarayError `CHROMARAY_PRESET_TABLE` for a colour table that is not 256 rows of 3,
 *   `CHROMARAY_TRANSFER_CHANNELS` for colours in front of a network that takes one channel
 */
export function addInput(
  network: NetworkBuilder,
  given: InputTransform,
  size: { readonly height: number; readonly width: number },
  channels: 1 | 3 = networkChannels(given),
): string {
  const { graph } = network;
  const transform = channels === networkChannels(given) ? given : withChannels(given, channels);
  const pixels = graph.input('pixels', 'uint8', ['batch', pixelChannels(transform), size.height, size.width]);
  if (transform.kind === 'table') return lookUp(network, pixels, transform.table);
  const scaled = graph.node('Mul', [graph.node('Cast', [pixels], { to: 1 }), graph.floats(1 / 255)]);
  switch (transform.kind) {
    case 'gray':
    case 'rgb':
      return scaled;
    case 'repeat':
      return threefold(network, scaled);
    case 'learned':
      return learned(network, scaled, transform.hidden);
    case 'learned-gray': {
      const colours = learned(network, scaled, transform.hidden);
      return threefold(network, channelMean(network, colours));
    }
  }
}

/** The same picture for a network whose channels are settled. */
function withChannels(transform: InputTransform, channels: 1 | 3): InputTransform {
  if (channels === 3) return { kind: 'repeat' };
  if (transform.kind === 'repeat') return { kind: 'gray' };
  throw new ChromarayError({
    code: 'CHROMARAY_TRANSFER_CHANNELS',
    message: `The network takes one channel; the input transform "${transform.kind}" gives it three.`,
    remedy: 'Show this network gray pixels only, or choose one that takes RGB.',
    details: { transform: transform.kind, channels },
  });
}

/** Operator set 18 made the axes an input. */
function channelMean({ graph, opset }: NetworkBuilder, colours: string): string {
  return opset < 18
    ? graph.node('ReduceMean', [colours], { axes: [1], keepdims: 1 })
    : graph.node('ReduceMean', [colours, graph.ints([1])], { keepdims: 1 });
}

function threefold({ graph }: NetworkBuilder, gray: string): string {
  return graph.node('Concat', [gray, gray, gray], { axis: 1 });
}

/** One table a channel: looking up single numbers is several times faster than rows of three and a transpose. */
function lookUp({ graph }: NetworkBuilder, pixels: string, table: Uint8Array): string {
  if (table.length !== 256 * 3) {
    throw new ChromarayError({
      code: 'CHROMARAY_PRESET_TABLE',
      message: `A colour table has ${table.length} bytes; it must have 768: red, green and blue for each of 256 gray values.`,
      remedy: 'Give 256 rows of three bytes.',
      details: { length: table.length },
    });
  }
  const index = graph.node('Cast', [pixels], { to: 6 });
  const channels = ['red', 'green', 'blue'].map((name, channel) => {
    const values = Float32Array.from({ length: 256 }, (_, gray) => table[gray * 3 + channel]! / 255);
    const lookup = graph.constant(`colour/${name}`, { dtype: 'float32', dims: [256], data: values });
    return graph.node('Gather', [lookup, index], { axis: 0 });
  });
  return graph.node('Concat', channels, { axis: 1 });
}

function learned(network: NetworkBuilder, gray: string, hidden = 8): string {
  const inner = network.convolution(gray, {
    name: 'colour/hidden',
    filters: hidden,
    kernel: 1,
    initializer: 'he-normal',
  });
  const outer = network.convolution(network.relu(inner), { name: 'colour/output', filters: 3, kernel: 1 });
  return network.graph.node('Sigmoid', [outer]);
}
