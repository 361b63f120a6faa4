import { sha256 } from '@chromaray/base';
import { lossIdentity, networkIdentity } from '../fit/identity.js';
import type { AdversarialRequest, PlayerOptions } from './types.js';

/**
 * Hash of everything that decides the numbers of a training of two networks. The number of steps does not count, so that
 * a training can be made longer.
 */
export function adversarialIdentity(request: AdversarialRequest, backend: string): string {
  const { generator, critic, train, validation, options } = request;
  const player = ({ optimizer, learningRate, clipNorm, learningRateFactors }: PlayerOptions) => [
    ...[optimizer, learningRate, clipNorm ?? null],
    [...(learningRateFactors ?? [])],
  ];
  const { batch, seed, criticWeight, shownAs, switching, every, collapse } = options;
  return sha256(
    JSON.stringify({
      networks: [networkIdentity(generator), networkIdentity(critic)],
      loss: lossIdentity(options.loss),
      players: [player(options.generator), player(options.critic)],
      ...{ batch, seed, criticWeight, shownAs, switching, every, collapse, backend },
      provider: options.provider ?? 'cpu',
      precision: options.precision ?? 'float32',
      train: [train.count, train.shape, train.targetSize],
      validation: validation === undefined ? null : [validation.count, validation.shape],
      data: options.checkpoint?.identity ?? null,
    }),
  );
}
