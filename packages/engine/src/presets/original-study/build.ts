import { outputsFor } from '../../layers/head.js';
import { addInput } from '../../layers/input-transform.js';
import { NetworkBuilder } from '../../layers/network-builder.js';
import type { TrainableModel } from '../../training/types.js';
import type { PresetOptions } from '../preset.js';
import type { StudyNetwork } from './layers.js';

/** Builds a network of the original study; initial weights as Keras draws them. */
export function buildStudyNetwork(study: StudyNetwork, options: PresetOptions): TrainableModel {
  const network = new NetworkBuilder(study.name, options.seed);
  let value = addInput(network, options.transform, options);
  study.convolutions.forEach(({ dropout, ...layer }, i) => {
    const convolved = network.convolution(value, { name: `convolution-${i + 1}`, ...layer });
    // The study has the ReLU first; this order gives the same numbers and touches a quarter of the data.
    value = network.relu(network.maxPool(convolved));
    if (dropout !== undefined) value = network.dropout(value, dropout);
  });
  const { units, l2, dropout } = study.dense;
  const dense = network.dense(network.flatten(value), units, { name: 'dense', ...(l2 === undefined ? {} : { l2 }) });
  value = network.relu(dense);
  if (dropout !== undefined) value = network.dropout(value, dropout);
  const output = network.dense(value, outputsFor(options.classes), { name: 'output' });
  // With several classes it is the softmax over as many that the study meant.
  return study.softmaxOnOneUnit === true && outputsFor(options.classes) === 1
    ? finishWithSoftmax(network, output)
    : network.finish(output);
}

/**
 * The softmax of one number is 1. Keras takes the cross-entropy of that 1 clipped to 1 - 1e-7, which is a logit
 * of ln((1 - 1e-7) / 1e-7) = 16.118 and a loss of 16.118 for each negative: on balanced classes 8.06, where
 * the study's log stays at 8.04. No gradient passes a softmax over one unit, here as there.
 */
function finishWithSoftmax(network: NetworkBuilder, output: string): TrainableModel {
  const { graph } = network;
  const certain = graph.node('Softmax', [output], { axis: 1 });
  const logits = graph.node('Mul', [certain, graph.floats(Math.log((1 - 1e-7) / 1e-7))]);
  return network.finish(logits, certain);
}
