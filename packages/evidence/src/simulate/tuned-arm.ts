import type { Random } from '@chromaray/base';
import { normalQuantile } from '../distributions/normal.js';
import { auroc } from '../roc/auroc.js';
import { compareAuroc } from '../seeds/compare-auroc.js';

/** Two arms that do the same, of which one or both have their hyperparameters searched. */
export interface TuningDesign {
  /** Candidates that an arm chooses from; 1: none is chosen. */
  readonly arm: number;
  readonly control: number;
  /** What candidates are ranked on. `test`: the networks tested are those that did best on the test part itself. */
  readonly on: 'validation' | 'test';
  /** Standard deviation of the candidates' true AUROCs, around `auroc`. */
  readonly spread: number;
  readonly auroc: number;
  readonly seeds: number;
  /** Standard deviation of AUROC over seeds. */
  readonly seedDeviation: number;
  /** Records of each class. */
  readonly validation: number;
  readonly test: number;
}

export interface TuningBias {
  /** Mean of arm less control; the truth is that a search does nothing but choose. */
  readonly difference: number;
  /** Share of studies that find the arm better at a two-sided level of 0.05; 0.025 where arms are alike. */
  readonly better: number;
  readonly worse: number;
}

/** Share of a score's variance that all networks have in common: some X-rays are harder for every one. */
const common = 0.7;

/**
 * What a search does to a comparison of two arms that do the same, by simulation: binormal scores with difficulties that all
 * networks share, candidates that differ in their true AUROC, seeds that differ within a candidate.
 *
 * @param studies how many to draw
 */
export function tuningBias(design: TuningDesign, studies: number, random: Random): TuningBias {
  let [difference, better, worse] = [0, 0, 0];
  for (let i = 0; i < studies; i++) {
    const study = random.fork(i);
    const validation = part(design.validation, study.fork('validation'));
    const test = part(design.test, study.fork('test'));
    const networks = (name: string, candidates: number) =>
      armNetworks(design, candidates, { validation, test }, study.fork(name));
    const compared = compareAuroc({
      labels: test.labels,
      arm: networks('arm', design.arm),
      control: networks('control', design.control),
    });
    difference += compared.difference / studies;
    if (compared.p <= 0.05 && compared.difference > 0) better += 1 / studies;
    if (compared.p <= 0.05 && compared.difference < 0) worse += 1 / studies;
  }
  return { difference, better, worse };
}

interface SimulatedPart {
  readonly labels: Uint8Array;
  readonly difficulty: Float64Array;
}

function part(ofClass: number, random: Random): SimulatedPart {
  return {
    labels: Uint8Array.from({ length: 2 * ofClass }, (_, i) => (i < ofClass ? 1 : 0)),
    difficulty: Float64Array.from({ length: 2 * ofClass }, () => random.normal()),
  };
}

/** Scores on the test part of the networks that an arm hands in, one a seed. */
function armNetworks(
  design: TuningDesign,
  candidates: number,
  { validation, test }: { readonly validation: SimulatedPart; readonly test: SimulatedPart },
  random: Random,
): readonly Float64Array[] {
  const qualities = Array.from({ length: candidates }, () => design.auroc + design.spread * random.normal());
  const seeds = Array.from({ length: design.seeds });
  if (design.on === 'test') {
    return seeds.map(() =>
      best(
        qualities.map((quality) => scores(quality, test, design, random)),
        test,
      ),
    );
  }
  const tried = qualities.map((quality) => scores(quality, validation, design, random));
  const chosen = qualities[tried.indexOf(best(tried, validation))]!;
  return seeds.map(() => scores(chosen, test, design, random));
}

function best(networks: readonly Float64Array[], { labels }: SimulatedPart): Float64Array {
  const measured = networks.map((network) => auroc(labels, network));
  return networks[measured.indexOf(Math.max(...measured))]!;
}

/** One network's scores; its classes lie as far apart as its AUROC says. */
function scores(quality: number, of: SimulatedPart, { seedDeviation }: TuningDesign, random: Random): Float64Array {
  const own = Math.min(Math.max(quality + seedDeviation * random.normal(), 0.01), 0.9999);
  const distance = Math.SQRT2 * normalQuantile(own);
  return of.difficulty.map(
    (shared, i) => Math.sqrt(common) * shared + Math.sqrt(1 - common) * random.normal() + distance * of.labels[i]!,
  );
}
