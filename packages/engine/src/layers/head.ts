import type { NetworkBuilder } from './network-builder.js';

/** What is between a pretrained network's features and the probability; trained from random weights. */
export interface HeadOptions {
  /** Share of the features dropped in training. Default: 0. */
  readonly dropout?: number;
  /** Units of a dense layer with ReLU before the output. Default: none. */
  readonly units?: number;
  /** What becomes of features [batch, channels, height, width]. Default: `average`. */
  readonly pooling?: 'average' | 'max' | 'flatten';
}

/**
 * How many numbers a network of so many classes ends in: one logit for two classes, one each for more.
 *
 * @param classes default: 2
 */
export function outputsFor(classes = 2): number {
  return classes > 2 ? classes : 1;
}

/** Names of a new head's tensors and nodes; patterns for the pretrained part do not touch them. */
export const headNames = /^head\/(dense|output)(\/|$)/;

/**
 * Adds pooling (of features that still have a place: [batch, channels, height, width]), dropout, an optional dense
 * layer and the output. Initial weights as Keras draws them.
 *
 * @param classes that are told apart. Default: 2
 * @returns the logits, [batch, 1], or [batch, classes] of more than two
 */
export function addHead(
  network: NetworkBuilder,
  features: string,
  options: HeadOptions = {},
  classes?: number,
): string {
  const { dropout = 0, units, pooling = 'average' } = options;
  let value = network.graph.type(features).shape.length === 2 ? features : flat(network, features, pooling);
  if (dropout > 0) value = network.dropout(value, dropout);
  if (units !== undefined) {
    value = network.relu(network.dense(value, units, { name: 'head/dense' }));
    if (dropout > 0) value = network.dropout(value, dropout);
  }
  return network.dense(value, outputsFor(classes), { name: 'head/output' });
}

function flat(network: NetworkBuilder, features: string, pooling: HeadOptions['pooling']): string {
  const { graph } = network;
  const isOneCell = graph
    .type(features)
    .shape.slice(2)
    .every((size) => size === 1);
  if (isOneCell || pooling === 'flatten') return network.flatten(features);
  return pooling === 'max'
    ? network.flatten(graph.node('GlobalMaxPool', [features]))
    : network.globalAveragePool(features);
}
