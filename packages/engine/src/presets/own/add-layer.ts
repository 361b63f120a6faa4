import type { LayerOptions, NetworkBuilder } from '../../layers/network-builder.js';
import { kerasKernelAxes } from '../../training/step/constraints.js';
import type { Constraint } from '../../training/types.js';
import { addActivation } from './activation.js';
import type { Layer, PlainLayer } from './layer.js';
import { type LayerPlace, layerError, shapeText } from './layer-error.js';
import { addNorm } from './norm.js';

type Of<K extends Layer['layer']> = Extract<Layer, { readonly layer: K }>;

/** Numbers in one tensor of weights; 1 GiB in float32. */
const mostWeights = 2 ** 28;

/**
 * Puts one layer behind a value and returns its output.
 *
 * @param place - where the layer stands in the list, `layers[3]`; its tensors are called after it (`layers.3/kernel`)
 * @throws ChromarayError `CHROMARAY_LAYERS_SHAPE` with the layer and what came in
 */
export function addLayer(network: NetworkBuilder, input: string, layer: Layer, place: string): string {
  const at = { place, kind: layer.layer, shape: network.graph.type(input).shape.slice(1) as number[] };
  const name = nameOf(place);
  switch (layer.layer) {
    case 'conv':
      return addConvolution(network, input, layer, at);
    case 'dense':
      return addDense(network, input, layer, at);
    case 'pool':
      return addPool(network, input, layer, at);
    case 'norm':
      return addNorm(network, input, layer, at, name);
    case 'activation':
      return addActivation(network, input, layer.kind);
    case 'dropout':
      return network.dropout(input, layer.rate);
    case 'flatten':
      checkMaps(at);
      return network.flatten(input);
    case 'residual':
      return addResidual(network, input, layer, at);
  }
}

function addConvolution(network: NetworkBuilder, input: string, layer: Of<'conv'>, at: LayerPlace): string {
  const { filters, kernel = 3, stride = 1, dilation = 1, groups = 1, bias = true } = layer;
  const [channels] = checkMaps(at);
  if (channels % groups !== 0 || filters % groups !== 0) {
    throw layerError(
      at,
      `${filters} filters on ${channels} channels cannot be made in ${groups} groups`,
      'Choose groups that divide both.',
    );
  }
  const padding = paddingOf(layer, at);
  checkWindow(at, dilation * (kernel - 1) + 1, padding, 'kernel');
  checkCount(at, (filters * channels * kernel * kernel) / groups);
  return network.convolution(input, {
    ...weighted(layer, at.place, 'he-normal', kerasKernelAxes(0)),
    ...{ filters, kernel, stride, padding, dilation, groups, bias },
  });
}

function paddingOf({ kernel = 3, dilation = 1, padding = 'same' }: Of<'conv'>, at: LayerPlace): number {
  if (typeof padding === 'number') return padding;
  if (padding === 'valid') return 0;
  if (kernel % 2 === 1) return (dilation * (kernel - 1)) / 2;
  throw layerError(
    at,
    `the padding "same" has no middle for a kernel of ${kernel}x${kernel}`,
    'Write `padding: valid` or a number, or choose an odd kernel.',
  );
}

function addDense(network: NetworkBuilder, input: string, layer: Of<'dense'>, at: LayerPlace): string {
  const [features, height] = at.shape as [number, number?];
  if (height !== undefined) {
    throw layerError(at, 'it takes features', 'Put `{ layer: flatten }` or a global pool before it.');
  }
  checkCount(at, features * layer.units);
  const options = weighted(layer, at.place, 'glorot-uniform', [0]);
  return network.dense(input, layer.units, { ...options, bias: layer.bias ?? true });
}

function addPool(network: NetworkBuilder, input: string, layer: Of<'pool'>, at: LayerPlace): string {
  const { kind = 'max', size = 2, stride = size, padding = 0 } = layer;
  checkMaps(at);
  const { graph } = network;
  if (kind === 'global-average') return network.globalAveragePool(input);
  if (kind === 'global-max') return network.flatten(graph.node('GlobalMaxPool', [input]));
  checkWindow(at, size, padding, 'window');
  if (2 * padding > size) {
    const remedy = 'Choose a smaller padding or a larger window.';
    throw layerError(at, `a padding of ${padding} is more than half of a window of ${size}x${size}`, remedy);
  }
  const window = { kernel_shape: [size, size], strides: [stride, stride], pads: [padding, padding, padding, padding] };
  return graph.node(kind === 'max' ? 'MaxPool' : 'AveragePool', [input], window, { name: nameOf(at.place) });
}

function addResidual(network: NetworkBuilder, input: string, layer: Of<'residual'>, at: LayerPlace): string {
  const { graph } = network;
  const inner = layer.layers.reduce(
    (value, plain: PlainLayer, i) => addLayer(network, value, plain, `${at.place}.layers[${i}]`),
    input,
  );
  const shape = graph.type(inner).shape.slice(1) as number[];
  if (shape.join() === at.shape.join()) return network.add(inner, input);
  const name = `${nameOf(at.place)}/projection`;
  const [filters, height, width] = shape as [number, number?, number?];
  if (height === undefined && at.shape.length === 1) return network.add(inner, network.dense(input, filters, { name }));
  const stride = height === undefined ? Number.NaN : Math.ceil(at.shape[1]! / height);
  const fits = [height, width].every((side, axis) => side === Math.ceil(at.shape[axis + 1]! / stride));
  if (!fits) {
    throw layerError(
      at,
      `its layers make ${shapeText(shape)}, to which no 1x1 convolution with a stride leads`,
      'Keep the size inside a residual (`padding: same`), or halve it by `stride: 2`.',
    );
  }
  const options = { name, filters, kernel: 1, stride, initializer: 'he-normal' } as const;
  return network.add(inner, network.convolution(input, options));
}

function weighted(
  { l2, constraint, initializer }: Of<'conv'> | Of<'dense'>,
  place: string,
  standard: 'he-normal' | 'glorot-uniform',
  axes: readonly number[],
): LayerOptions {
  return {
    name: nameOf(place),
    initializer: initializer ?? standard,
    ...(l2 === undefined ? {} : { l2 }),
    ...(constraint === undefined ? {} : { constraint: constraintOf(constraint, axes) }),
  };
}

function constraintOf(constraint: NonNullable<Of<'conv'>['constraint']>, axes: readonly number[]): Constraint {
  if (constraint === 'unit-norm') return { kind: 'unit-norm', axes };
  return { kind: 'min-max-norm', axes, min: constraint.minNorm, max: constraint.maxNorm, rate: 1 };
}

function checkMaps(at: LayerPlace): readonly [channels: number, height: number, width: number] {
  if (at.shape.length === 3) return at.shape as [number, number, number];
  throw layerError(
    at,
    'it takes maps',
    'Put it before the layer that made features of them (flatten or a global pool).',
  );
}

function checkWindow(at: LayerPlace, side: number, padding: number, what: string): void {
  const [, height, width] = at.shape as [number, number, number];
  if (Math.min(height, width) + 2 * padding >= side) return;
  throw layerError(
    at,
    `a ${what} of ${side}x${side} does not fit`,
    'Use larger pictures (image.size), fewer poolings and strides before it, or a smaller one here.',
  );
}

function checkCount(at: LayerPlace, count: number): void {
  if (count <= mostWeights) return;
  throw layerError(
    at,
    `it would have ${count.toLocaleString('en-US')} weights, more than ${mostWeights.toLocaleString('en-US')}`,
    'Pool more before it, or make it smaller.',
  );
}

/** Of nodes and tensors: patterns of names know no brackets. */
function nameOf(place: string): string {
  return place.replaceAll(/\[(\d+)\]/g, '.$1');
}
