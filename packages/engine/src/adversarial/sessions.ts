import type { Backend, BackendOptions, TrainingSession, TrainingState } from '../backends/backend.js';
import type { Loss, WeightedLoss } from '../training/loss/types.js';
import { partOf } from './state.js';
import type { AdversarialRequest } from './types.js';

/** The two networks in training. */
export interface Sessions {
  readonly generator: TrainingSession;
  readonly critic: TrainingSession;
}

/**
 * Both networks as they begin, or as a checkpoint left them.
 *
 * @param own losses of the generator beside the critic's judgement
 */
export async function openSessions(
  request: AdversarialRequest,
  backend: Backend,
  own: readonly WeightedLoss[],
  state: TrainingState | undefined,
): Promise<Sessions> {
  const { generator, critic, train, options } = request;
  const { seed, threads, provider, providerOptions, precision } = options;
  const batch = Math.min(options.batch, train.count);
  const backendOptions: BackendOptions = {
    ...(threads === undefined ? {} : { threads }),
    ...(provider === undefined ? {} : { provider }),
    ...(providerOptions === undefined ? {} : { providerOptions }),
    ...(precision === undefined ? {} : { precision }),
  };
  const { learningRate: _, ...asGenerator } = options.generator;
  const { learningRate: __, ...asCritic } = options.critic;
  const sessions = {
    generator: await backend.train(
      { model: generator, loss: generatorLoss(request, own), seed, ...asGenerator },
      batch,
      backendOptions,
    ),
    critic: await backend.train(
      { model: critic, loss: { kind: 'binary-cross-entropy' }, seed, ...asCritic },
      2 * batch,
      backendOptions,
    ),
  };
  if (state !== undefined) {
    for (const player of ['generator', 'critic'] as const) {
      const { weights, slots } = state;
      sessions[player].restore({ weights: partOf(weights, player), slots: partOf(slots, player) });
    }
  }
  return sessions;
}

/** The generator's own loss, and the critic's judgement as the last term. */
function generatorLoss({ critic, options }: AdversarialRequest, own: readonly WeightedLoss[]): Loss {
  const { shownAs, criticWeight } = options;
  const judged = {
    kind: 'critic',
    critic,
    towards: 1,
    ...(shownAs === undefined ? {} : { input: shownAs }),
  } as const;
  return { kind: 'sum', terms: [...own, { loss: judged, weight: criticWeight }] };
}
