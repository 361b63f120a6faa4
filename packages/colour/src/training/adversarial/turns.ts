import { sha256 } from '@chromaray/base';
import {
  type AdversarialEvent,
  type AdversarialResult,
  buildDeoldifyCritic,
  type ExampleSource,
  fitAdversarial,
  type PlayerOptions,
  type Switching,
  type TrainableModel,
  withWeights,
} from '@chromaray/engine';
import type { Weights } from '../../network/colorizer-network.js';
import type { ColourAnswer } from '../../network/models.js';
import { BinEncoder } from '../bins.js';
import { photographSource } from '../source.js';
import { asChroma, pictureLoss, type StageContext, weightsOf } from '../stage.js';
import { deoldifyNumbers } from './deoldify-numbers.js';
import type { AdversarialPlan } from './plan.js';

/** Generator and critic between two stages. */
export interface Players {
  readonly generator: Weights;
  /** Undefined: its first weights. */
  readonly critic: Weights | undefined;
}

/** One training of the two. */
export interface Turns {
  /** Of checkpoints. */
  readonly folder: string;
  /** Tells apart the photographs' changes of one stage from those of another. */
  readonly label: string;
  readonly batch: number;
  readonly steps: number;
  /** Steps between two records. */
  readonly every: number;
  readonly switching: Switching;
  readonly generator: PlayerOptions;
  readonly critic: PlayerOptions;
  readonly onEvent: (event: AdversarialEvent) => void;
  /** Given U and V of the watched pictures after each stretch, before its event, see `ShownColours`. */
  readonly onColours: (colours: Float32Array) => void;
}

/** Photographs that are trained on, by which the generator's points are compared: nothing is chosen by held-out ones. */
const comparedPhotographs = 64;

/**
 * Trains generator and critic in turn, or the critic alone, on one size. Finished before, it is read back; interrupted, it
 * resumes after its last stretch, both to the same bits.
 *
 * @param answer how likely colours become one: that of the file to be made
 * @throws ChromarayError of `fitAdversarial`
 */
export async function takeTurns(
  context: StageContext,
  plan: AdversarialPlan,
  answer: ColourAnswer,
  players: Players,
  turns: Turns,
): Promise<AdversarialResult> {
  const { photographs, store, bins, network, features, augmentation, seed, watched } = context;
  const { side } = plan;
  const shared = {
    store,
    side,
    encoder: new BinEncoder(bins),
    loss: 'pixels',
    seed: `${seed}/${turns.label}`,
  } as const;
  const compared = photographs.training.slice(0, comparedPhotographs);
  const { model: generator } = network.form(side, seed, answer, 'pixels');
  const shown = await pixelsOf(
    photographSource({ ...shared, photographs: watched.photographs, further: watched.xRays }),
  );
  return fitAdversarial({
    generator: {
      ...started(generator, players.generator),
      trainable: generator.trainable.filter((name) => !network.isEncoder(name)),
    },
    critic: started(
      buildDeoldifyCritic({ height: side, width: side, seed, factor: plan.criticFactor }),
      players.critic,
    ),
    train: photographSource({ ...shared, photographs: photographs.training, augmentation }),
    validation: photographSource({ ...shared, photographs: compared }),
    options: {
      ...context.execution,
      ...{ batch: turns.batch, steps: turns.steps, every: turns.every, seed, switching: turns.switching },
      ...{ generator: turns.generator, critic: turns.critic, criticWeight: plan.noGan.criticWeight },
      loss: pictureLoss(features),
      ...(plan.collapse !== undefined && { collapse: plan.collapse }),
      checkpoint: {
        folder: turns.folder,
        identity: sha256(JSON.stringify([photographs.contents, photographs.training, augmentation])),
      },
    },
    judge: async (generate) => {
      const pictures = await generateAll(shown, turns.batch, generate);
      turns.onColours(asChroma(pictures, 'imagenet', side));
      return undefined;
    },
    onEvent: turns.onEvent,
    ...(context.signal && { signal: context.signal }),
  });
}

/** Their tensors after a training. */
export function playersOf({ generator, critic }: AdversarialResult): Players {
  return { generator: weightsOf(generator), critic: weightsOf(critic) };
}

function started(fresh: TrainableModel, weights: Weights | undefined): TrainableModel {
  return weights === undefined ? fresh : { ...fresh, model: withWeights(fresh.model, weights) };
}

interface ShownPixels {
  readonly pixels: Uint8Array;
  readonly count: number;
}

async function pixelsOf(source: ExampleSource): Promise<ShownPixels> {
  const { count, shape, targetSize } = source;
  const pixels = new Uint8Array(count * shape[0] * shape[1] * shape[2]);
  const indices = Int32Array.from({ length: count }, (_, i) => i);
  await source.read(
    indices,
    { pixels, targets: new Float32Array(count * targetSize), weights: new Float32Array(count) },
    { epoch: 0, batch: 0 },
  );
  return { pixels, count };
}

async function generateAll(
  { pixels, count }: ShownPixels,
  batch: number,
  generate: (pixels: Uint8Array, count: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  const size = pixels.length / count;
  const parts: Float32Array[] = [];
  for (let from = 0; from < count; from += batch) {
    const some = Math.min(batch, count - from);
    // A generator's memory is its own: what it gave is copied before it is asked again.
    parts.push((await generate(pixels.subarray(from * size, (from + some) * size), some)).slice());
  }
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** How both learn while the critic is trained alone; the generator does not move. */
export function criticAlone(learningRate: number): Pick<Turns, 'switching' | 'generator' | 'critic'> {
  const { optimizer } = deoldifyNumbers.critic;
  const player = { optimizer, learningRate };
  return { switching: { kind: 'critic' }, generator: player, critic: player };
}

/** How both learn in turn. */
export function bothInTurn({ noGan }: AdversarialPlan): Pick<Turns, 'switching' | 'generator' | 'critic'> {
  const { optimizer, criticRate } = deoldifyNumbers.noGan;
  return {
    switching: { kind: 'threshold', criticLoss: noGan.criticLoss },
    generator: { optimizer, learningRate: noGan.learningRate },
    critic: { optimizer, learningRate: noGan.learningRate * criticRate },
  };
}
