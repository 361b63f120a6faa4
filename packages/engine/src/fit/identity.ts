import { sha256 } from '@chromaray/base';
import { writeModel } from '../onnx/write.js';
import type { Loss, WeightedLoss } from '../training/loss/types.js';
import type { TrainableModel } from '../training/types.js';
import type { FitRequest } from './fit-types.js';
import { dependsOnEpochs } from './schedules.js';

/**
 * Hash of everything that decides the numbers of a training: model and initial weights, options, and size of
 * the data. The number of epochs counts only where the learning rate depends on it, so that a training can
 * be made longer; patience and the choice of weights never count.
 */
export function trainingIdentity({ model, train, validation, options }: FitRequest, backend: string): string {
  const schedule = options.schedule ?? { kind: 'constant' };
  return sha256(
    JSON.stringify({
      ...networkIdentity(model),
      loss: lossIdentity(options.loss),
      optimizer: options.optimizer,
      learningRate: options.learningRate,
      learningRateFactors: [...(options.learningRateFactors ?? [])],
      clipNorm: options.clipNorm ?? null,
      schedule,
      epochs: dependsOnEpochs(schedule) ? options.epochs : null,
      batch: options.batch,
      seed: options.seed,
      monitor: options.monitor ?? null,
      backend,
      provider: options.provider ?? 'cpu',
      // Absent for float32, so that checkpoints from before there was a choice still fit.
      ...((options.precision ?? 'float32') === 'float32' ? {} : { precision: options.precision }),
      train: [train.count, train.shape, train.targetSize],
      validation: validation === undefined ? null : [validation.count, validation.shape],
      data: options.checkpoint?.identity ?? null,
    }),
  );
}

/** What a network is to a training. */
export function networkIdentity(network: TrainableModel) {
  const { model, logits, trainable, l2, constraints, batchNorm } = network;
  return {
    ...{ model: sha256(writeModel(model)), logits, trainable, l2: [...l2], constraints: [...constraints] },
    ...(batchNorm === 'frozen' ? { batchNorm: 'frozen' } : {}),
    ...graphParts(network),
  };
}

/** What a network has beside its graph, absent where it has none, so that older checkpoints still fit. */
function graphParts({ spectralNorms = [], channelDropouts = [] }: TrainableModel) {
  return {
    ...(spectralNorms.length === 0 ? {} : { spectralNorms }),
    ...(channelDropouts.length === 0 ? {} : { channelDropouts }),
  };
}

/** A loss with hashes in place of the networks it looks through. */
export function lossIdentity(loss: Loss): unknown {
  const hashed = (of: WeightedLoss['loss']): unknown => {
    if (of.kind === 'features') return { ...of, network: sha256(writeModel(of.network)) };
    return of.kind === 'critic' ? { ...of, critic: sha256(writeModel(of.critic.model)) } : of;
  };
  return loss.kind === 'sum'
    ? { ...loss, terms: loss.terms.map((term) => ({ ...term, loss: hashed(term.loss) })) }
    : hashed(loss);
}
