/**
 * Prints the table of error rates over folds in docs/evidence.md as Markdown:
 *
 *     npx tsx --conditions=chromaray-source packages/evidence/test/measure-fold-errors.ts [studies]
 *
 * Two learners that are equally good on average over training sets: linear discriminants (with a little noise in the weights for a
 * seed) on two halves of a set of features that are exchangeable. Each study draws records, divides them into folds, trains both
 * on each fold's other records with every seed, and compares. `folds together` is `compareEndpoint` over the folds, which the
 * verdict rests on; `first fold` the same on one; `resampled t` is `repeatedSplits` over the folds.
 */
import { Random } from '@chromaray/base';
import { compareEndpoint, type PairedParts, repeatedSplits } from '../src/index.js';

const studies = Number(process.argv[2] ?? 1000);
const folds = 5;
const seeds = 3;
const auroc = { metric: 'auroc' } as const;

interface Design {
  readonly name: string;
  readonly records: number;
  /** Of each learner. */
  readonly features: number;
  readonly noise: number;
}

const designs: readonly Design[] = [
  { name: '200 records, 20 features', records: 200, features: 20, noise: 0.05 },
  { name: '200 records, 5 features', records: 200, features: 5, noise: 0.05 },
  { name: '1000 records, 20 features', records: 1000, features: 20, noise: 0.05 },
  { name: '1000 records, 20 features, seeds vary more', records: 1000, features: 20, noise: 0.2 },
];

/** Distance between the classes in all features of a learner together: an AUROC of about 0.86 with the best weights. */
const distance = 1.5;

function study({ records, features, noise }: Design, random: Random) {
  const labels = Array.from({ length: records }, (_, i) => i % 2);
  const all = labels.map((label) => {
    const common = random.normal();
    return Array.from(
      { length: 2 * features },
      () => 0.5 * common + random.normal() + (label * distance) / Math.sqrt(features),
    );
  });
  const parts = Array.from({ length: folds }, (_, fold): PairedParts => {
    const tested = labels.map((_, i) => i).filter((i) => (i >> 1) % folds === fold);
    const learned = labels.map((_, i) => i).filter((i) => (i >> 1) % folds !== fold);
    const learner = (first: number) => {
      const weights = meanDifference(all, labels, learned, first, features);
      const size = Math.hypot(...weights) / Math.sqrt(features);
      return Array.from({ length: seeds }, () => {
        const own = weights.map((weight) => weight + noise * size * random.normal() * Math.sqrt(features));
        return tested.map((i) => own.reduce((sum, weight, f) => sum + weight * all[i]![first + f]!, 0));
      });
    };
    return { labels: tested.map((i) => labels[i]!), arm: learner(0), control: learner(features) };
  });
  const [first] = parts;
  const differences = parts.map((part) => compareEndpoint(part, auroc).difference);
  const sizes = { test: records / folds, training: records - records / folds };
  return {
    together: compareEndpoint(parts, auroc).p,
    first: compareEndpoint(first!, auroc).p,
    resampled: repeatedSplits(differences, sizes).p,
  };
}

/** The discriminant's direction for features of equal spread: the difference of the class means. */
function meanDifference(
  all: readonly (readonly number[])[],
  labels: readonly number[],
  rows: readonly number[],
  first: number,
  features: number,
): number[] {
  return Array.from({ length: features }, (_, f) => {
    const mean = (label: number): number => {
      const own = rows.filter((i) => labels[i] === label);
      return own.reduce((sum, i) => sum + all[i]![first + f]!, 0) / own.length;
    };
    return mean(1) - mean(0);
  });
}

console.log('| study | first fold alone | folds together | resampled t over folds |');
console.log('|---|---|---|---|');
for (const design of designs) {
  const random = new Random(design.name);
  const found = Array.from({ length: studies }, (_, s) => study(design, random.fork(s)));
  const rate = (of: keyof (typeof found)[number]) =>
    ((100 * found.filter((one) => one[of] <= 0.05).length) / studies).toFixed(1);
  console.log(`| ${design.name} | ${rate('first')} | ${rate('together')} | ${rate('resampled')} |`);
}
