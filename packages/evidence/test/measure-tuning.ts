/**
 * Measures what a search for hyperparameters in one arm does to a comparison of arms that do the same:
 *
 *     npx tsx --conditions=chromaray-source packages/evidence/test/measure-tuning.ts [studies] [sd of candidates ...]
 */
import { Random } from '@chromaray/base';
import { type TuningDesign, tuningBias } from '../src/simulate/tuned-arm.js';

const [, , studies = '500', ...spreads] = process.argv;
const shared = { auroc: 0.93, seeds: 3, seedDeviation: 0.01, validation: 75, test: 150 } as const;
const searches: readonly (readonly [string, Pick<TuningDesign, 'arm' | 'control' | 'on'>])[] = [
  ['none', { arm: 1, control: 1, on: 'validation' }],
  ['arm only, 4 candidates, on validation', { arm: 4, control: 1, on: 'validation' }],
  ['arm only, 16, on validation', { arm: 16, control: 1, on: 'validation' }],
  ['both arms, 16 each, on validation', { arm: 16, control: 16, on: 'validation' }],
  ['arm only, 4, on the test part', { arm: 4, control: 1, on: 'test' }],
  ['arm only, 16, on the test part', { arm: 16, control: 1, on: 'test' }],
  ['16 in the arm, 4 in the control, on the test part', { arm: 16, control: 4, on: 'test' }],
];

console.log('| search | sd of candidates | mean difference | arm found better | arm found worse |');
console.log('|---|---|---|---|---|');
for (const spread of spreads.length === 0 ? [0, 0.01] : spreads.map(Number)) {
  for (const [name, search] of searches) {
    const { difference, better, worse } = tuningBias(
      { ...shared, ...search, spread },
      Number(studies),
      new Random('tuning'),
    );
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    console.log(`| ${name} | ${spread} | ${difference.toFixed(4)} | ${percent(better)} | ${percent(worse)} |`);
  }
}
