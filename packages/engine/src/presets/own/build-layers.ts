import { isChromarayError } from '@chromaray/base';
import { outputsFor } from '../../layers/head.js';
import { addInput } from '../../layers/input-transform.js';
import { NetworkBuilder } from '../../layers/network-builder.js';
import type { TrainableModel } from '../../training/types.js';
import type { PresetOptions } from '../preset.js';
import { addLayer } from './add-layer.js';
import type { Layer } from './layer.js';
import { type LayerPlace, layerError } from './layer-error.js';

/**
 * A network of layers that a study describes itself, from gray or coloured pixels scaled to 0..1 to one logit, or one a class of several: what the
 * list ends with must be features, on which a dense layer is put. Weights follow from the seed.
 *
 * @throws ChromarayError `CHROMARAY_LAYERS_SHAPE` for a layer that does not fit what comes in, before any is trained
 *
 * @example
 * buildLayers(
 *   [{ layer: 'conv', filters: 16, stride: 2 }, { layer: 'activation', kind: 'relu' }, { layer: 'pool', kind: 'global-average' }],
 *   { height: 64, width: 64, transform: { kind: 'gray' }, seed: 1 },
 * );
 */
export function buildLayers(
  layers: readonly Layer[],
  options: Pick<PresetOptions, 'height' | 'width' | 'transform' | 'seed' | 'classes'>,
): TrainableModel {
  const network = new NetworkBuilder('layers', options.seed);
  let value = addInput(network, options.transform, options);
  layers.forEach((layer, i) => {
    const place: LayerPlace = { place: `layers[${i}]`, kind: layer.layer, shape: shapeOf(network, value) };
    value = named(place, () => addLayer(network, value, layer, place.place));
  });
  const shape = shapeOf(network, value);
  if (shape.length !== 1) {
    const end: LayerPlace = {
      place: `layers[${layers.length}]`,
      kind: 'the output, added behind the last layer',
      shape,
    };
    throw layerError(
      end,
      'it takes features',
      'End with `{ layer: pool, kind: global-average }` or `{ layer: flatten }`.',
    );
  }
  return network.finish(network.dense(value, outputsFor(options.classes), { name: 'output' }));
}

function shapeOf(network: NetworkBuilder, value: string): readonly number[] {
  return network.graph.type(value).shape.slice(1) as number[];
}

/** What shape inference refuses that no rule has foreseen, still with the layer's name. */
function named<T>(place: LayerPlace, add: () => T): T {
  try {
    return add();
  } catch (error) {
    if (!isChromarayError(error) || error.code !== 'CHROMARAY_GRAPH_SHAPE') throw error;
    throw layerError(place, (error as Error).message.replace(/\.$/, ''), 'Change this layer, or those before it.');
  }
}
