import { existsSync } from 'node:fs';
import { buildPreset, type TrainableModel } from '@chromaray/engine';
import type { Network } from './networks.js';

/**
 * A network as Chromaray builds it: all of it trained, a pretrained one too. Without the file of weights it begins
 * at random ones, which are as fast.
 */
export function buildNetwork(network: Network, weights: string | undefined): TrainableModel {
  const { preset, channels, size, pretrained = false } = network;
  const transform = { kind: pretrained ? 'repeat' : channels === 3 ? 'rgb' : 'gray' } as const;
  const taken = pretrained && weights !== undefined && existsSync(weights) ? { weights } : {};
  return buildPreset(preset, { seed: 1, transform, height: size, width: size, ...taken });
}
