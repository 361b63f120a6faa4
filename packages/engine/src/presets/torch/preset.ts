import { addHead, type HeadOptions } from '../../layers/head.js';
import { addInputScale, type InputScale } from '../../layers/input-scale.js';
import { addInput } from '../../layers/input-transform.js';
import { NetworkBuilder } from '../../layers/network-builder.js';
import type { Preset, PresetOptions } from '../preset.js';
import { TorchLayers } from './layers.js';

/** A network of torchvision or timm, under the names of its state dictionary. */
export interface TorchNetwork {
  readonly name: string;
  readonly description: string;
  /** What its published weights were trained with, for three channels. */
  readonly input: InputScale;
  /** What stands between its features and its classifier. */
  readonly head?: HeadOptions;
  /** Name of the first convolution's weights, whose channels decide how many the network takes. */
  readonly firstWeight: string;
  /** What its classifier's tensors begin with; a head of ours takes their place. */
  readonly classifier: string;
  /** From the scaled picture, [batch, 3 or 1, height, width], to the features [batch, n]. */
  addFeatures(layers: TorchLayers, picture: string): string;
}

/**
 * A preset of such a network. It takes three channels, so that gray is repeated; with weights whose first convolution
 * has one channel (a network trained on X-rays) it takes one.
 */
export function torchPreset(torch: TorchNetwork): Preset {
  return {
    name: torch.name,
    description: torch.description,
    size: 224,
    transform: { kind: 'repeat' },
    pretrained: { weights: 'optional', classifier: torch.classifier },
    build(options) {
      const network = new NetworkBuilder(torch.name, options.seed);
      const picture = addInput(network, options.transform, options, channelsOf(torch, options));
      const scaled = addInputScale(network, picture, options.input ?? torch.input);
      const features = torch.addFeatures(new TorchLayers(network), scaled);
      return network.finish(addHead(network, features, options.head ?? torch.head, options.classes));
    },
  };
}

function channelsOf({ firstWeight }: TorchNetwork, { weights }: PresetOptions): 1 | 3 {
  if (weights === undefined || typeof weights === 'string') return 3;
  return weights.model.graph.initializers.get(firstWeight)?.dims[1] === 1 ? 1 : 3;
}
