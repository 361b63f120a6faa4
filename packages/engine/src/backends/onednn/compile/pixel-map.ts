import { intAttribute } from '../../../graph/attributes.js';
import type { GraphNode, Tensor } from '../../../graph/types.js';

/** One channel as a function of one channel of the pixels: its value for each of 256 grays. */
export interface ChannelTable {
  readonly channel: number;
  readonly values: Float32Array;
}

/** A float tensor [N, C, H, W] whose every element depends on the pixel at its place alone. */
export type PixelMap = readonly ChannelTable[];

/**
 * Follows what a graph does to its pixels as long as it is a function of single pixels: scaling, colour
 * tables, repetition of channels. Such a start of a network is then one pass over the bytes.
 */
export class PixelMaps {
  private readonly maps = new Map<string, PixelMap>();

  /** @param channels - of the pixels; 0 where they are no bytes, and nothing is followed */
  constructor(
    pixels: string,
    channels: number,
    private readonly constant: (name: string) => Tensor | undefined,
  ) {
    if (channels === 0) return;
    const identity = Float32Array.from({ length: 256 }, (_, gray) => gray);
    this.maps.set(
      pixels,
      Array.from({ length: channels }, (_, channel) => ({ channel, values: identity })),
    );
  }

  get(name: string): PixelMap | undefined {
    return this.maps.get(name);
  }

  /** Takes a node in when it continues a map; returns whether it did. */
  follow(node: GraphNode): boolean {
    const map = this.result(node);
    if (map === undefined || node.outputs.length !== 1) return false;
    this.maps.set(node.outputs[0]!, map);
    return true;
  }

  private result(node: GraphNode): PixelMap | undefined {
    const [first, second] = node.inputs.map((input) => this.maps.get(input));
    switch (node.opType) {
      case 'Cast':
      case 'Identity':
        return first;
      case 'Add':
      case 'Mul':
        return first !== undefined
          ? this.combine(node, first, node.inputs[1]!, false)
          : second !== undefined
            ? this.combine(node, second, node.inputs[0]!, false)
            : undefined;
      case 'Sub':
      case 'Div':
        return first !== undefined
          ? this.combine(node, first, node.inputs[1]!, false)
          : second !== undefined
            ? this.combine(node, second, node.inputs[0]!, true)
            : undefined;
      case 'Gather':
        return second === undefined ? undefined : this.lookUp(node, second);
      case 'Concat':
        return this.join(node);
      default:
        return undefined;
    }
  }

  /** Arithmetic with a constant that is one number, or one a channel. */
  private combine(node: GraphNode, map: PixelMap, other: string, swapped: boolean): PixelMap | undefined {
    const tensor = this.constant(other);
    if (tensor?.dtype !== 'float32') return undefined;
    const { dims, data } = tensor;
    const perChannel = data.length === map.length && dims.length >= 3 && dims.at(-3) === map.length;
    if (data.length !== 1 && !perChannel) return undefined;
    const apply = arithmetic[node.opType]!;
    const made = new Map<string, Float32Array>();
    return map.map(({ channel, values }, i) => {
      const operand = Number(data[perChannel ? i : 0]);
      // Channels that were one table stay one, and are written once.
      const key = `${map.findIndex((other) => other.values === values)}/${operand}`;
      const table = made.get(key) ?? values.map((value) => (swapped ? apply(operand, value) : apply(value, operand)));
      made.set(key, table);
      return { channel, values: table };
    });
  }

  /** A table of numbers, looked up by value. */
  private lookUp(node: GraphNode, map: PixelMap): PixelMap | undefined {
    const table = this.constant(node.inputs[0]!);
    if (table?.dtype !== 'float32' || table.dims.length !== 1 || intAttribute(node, 'axis', 0) !== 0) return undefined;
    const looked = map.map(({ channel, values }) => ({
      channel,
      values: values.map((value) => Number(table.data[value] ?? Number.NaN)),
    }));
    return looked.some(({ values }) => values.some(Number.isNaN)) ? undefined : looked;
  }

  private join(node: GraphNode): PixelMap | undefined {
    const parts = node.inputs.map((input) => this.maps.get(input));
    if (intAttribute(node, 'axis', 0) !== 1 || parts.some((part) => part === undefined)) return undefined;
    return parts.flatMap((part) => part!);
  }
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};

/**
 * Writes a map of pixels.
 *
 * @param pixels - uint8 [count, channels, area]
 * @param into - float32 [count, map.length, area]
 */
export function writePixels(
  map: PixelMap,
  pixels: Uint8Array,
  shape: { readonly count: number; readonly channels: number; readonly area: number },
  into: Float32Array,
): void {
  const { count, channels, area } = shape;
  let to = 0;
  for (let example = 0; example < count; example++) {
    const start = to;
    map.forEach(({ channel, values }, i) => {
      const earlier = map.findIndex((other) => other.channel === channel && other.values === values);
      if (earlier < i) {
        // The same channel again, as for gray repeated three times.
        into.copyWithin(to, start + earlier * area, start + (earlier + 1) * area);
        to += area;
      } else {
        const from = (example * channels + channel) * area;
        translate(values, pixels.subarray(from, from + area), into.subarray(to, to + area));
        to += area;
      }
    });
  }
}

/** A function of its own, which the compiler optimises as such: half the time of the same loop in place. */
function translate(values: Float32Array, pixels: Uint8Array, into: Float32Array): void {
  for (let i = 0; i < pixels.length; i++) into[i] = values[pixels[i]!]!;
}
