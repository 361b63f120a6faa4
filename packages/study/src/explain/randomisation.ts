import type { Randomisation, RandomisationStage } from '@chromaray/contracts';
import { type GradCamOptions, type Model, weightLayers, withShuffledWeights } from '@chromaray/engine';
import { rankCorrelation } from '@chromaray/evidence';
import { type Size, structuralSimilarity } from '@chromaray/imaging';
import { mean } from '@chromaray/results';
import { type Asked, type Maps, mapsOf } from './explain-pixels.js';
import { scaledMap } from './overlay.js';

/** Numbers of shuffled layers that are tried, from the head alone to all. */
const stages = 4;
/** One random network may by chance look where the trained one does: so many are drawn, */
const draws = 3;
/** but only one of a network with more weights than this, which takes seconds. */
const manyWeights = 5e6;
/** Above this mean rank correlation a map does not depend enough on what was learned to be read. */
const limit = 0.5;

/**
 * The model randomisation test of Adebayo et al. (2018), cascading from the head: are the maps of a network whose
 * weights have been shuffled still those of the trained one? Each map goes on to speak for what the trained network
 * called. Weights are shuffled within each tensor instead of drawn anew, so that imported networks, whose first
 * weights nobody knows, are tested alike.
 *
 * @param pictures size of the pictures, at which maps are compared as they are shown
 */
export async function randomisationCheck(
  model: Model,
  asked: readonly Asked[],
  trained: Maps,
  pictures: Size,
  { seed, ...options }: GradCamOptions & { readonly seed: number },
): Promise<Randomisation> {
  const layers = weightLayers(model.graph);
  const counts = [...new Set(Array.from({ length: stages }, (_, i) => stageSize(i, layers.length)))];
  const found: RandomisationStage[] = [];
  const large = weightCount(model) > manyWeights;
  for (const count of asked.length === 0 ? [] : counts) {
    const compared: Compared[] = [];
    for (let draw = 1; draw <= (large ? 1 : draws); draw++) {
      const network = withShuffledWeights(model, layers.slice(0, count), `${seed}/${draw}`);
      compared.push(compare(trained, await mapsOf(network, asked, options), pictures));
    }
    found.push({ layers: count, of: layers.length, lowest: layers[count - 1]!.name, ...meansOf(compared) });
  }
  const last = found.at(-1)?.rankCorrelation ?? null;
  const passed = last === null ? null : last <= limit;
  return { n: asked.length, draws: large ? 1 : draws, stages: found, passed, limit };
}

type Compared = Pick<RandomisationStage, 'rankCorrelation' | 'similarity' | 'flat'>;

function meansOf(compared: readonly Compared[]): Compared {
  return {
    rankCorrelation: meanOfKnown(compared.map(({ rankCorrelation }) => rankCorrelation)),
    similarity: meanOfKnown(compared.map(({ similarity }) => similarity)),
    flat: mean(compared.map(({ flat }) => flat)),
  };
}

function weightCount({ graph }: Model): number {
  return [...graph.initializers.values()].reduce((sum, { data }) => sum + data.length, 0);
}

/** 1 first, all last, evenly between. */
function stageSize(stage: number, all: number): number {
  return Math.round(1 + ((all - 1) * stage) / (stages - 1));
}

function compare(trained: Maps, shuffled: Maps, pictures: Size): Compared {
  const correlations = trained.signed.map((map, i) => rankCorrelation(map, shuffled.signed[i]!));
  const similarities = trained.rectified.map((map, i) =>
    structuralSimilarity(
      scaledMap(map, trained.size, pictures),
      scaledMap(shuffled.rectified[i]!, shuffled.size, pictures),
      pictures,
    ),
  );
  return {
    rankCorrelation: meanOfKnown(correlations),
    similarity: meanOfKnown(similarities),
    flat: shuffled.rectified.filter((map) => map.every((value) => value === 0)).length,
  };
}

function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
}
