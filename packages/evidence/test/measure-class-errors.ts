/**
 * Measures type I error and coverage of the test of several classes: `npx tsx --conditions=chromaray-source
 * packages/evidence/test/measure-class-errors.ts 1000`.
 */
import { Random } from '@chromaray/base';
import { compareClasses } from '../src/classes/classes-over-seeds.js';
import { type SimulatedClasses, simulateClasses } from '../src/simulate/several-classes.js';

const studies = Number(process.argv[2] ?? 1000);
const rows: readonly (readonly [string, SimulatedClasses])[] = [
  ...[2, 3, 5].map((seeds) => ['40 patients of each of 3 classes', study([40, 40, 40], seeds, [1.2, 1.2])] as const),
  ...[2, 3, 5].map((seeds) => ['90, 40 and 15 patients', study([90, 40, 15], seeds, [1.2, 1.2])] as const),
  ['30 of each of 5 classes', study([30, 30, 30, 30, 30], 3, [1.2, 1.2])],
  ['40 of each of 3, near 1', study([40, 40, 40], 3, [3.5, 3.5])],
  ['40 of each of 3, arms differ', study([40, 40, 40], 3, [1, 1.4])],
  ['90, 40 and 15, arms differ', study([90, 40, 15], 3, [1, 1.4])],
];

function study(patients: readonly number[], seeds: number, separation: readonly [number, number]): SimulatedClasses {
  return { patients, seeds, separation, seedDeviation: 0.05, shared: 0.5 };
}

console.log(
  '| study | seeds | endpoint | true difference | found, % | coverage, % | width |\n|---|---|---|---|---|---|---|',
);
for (const [name, of] of rows) {
  for (const metric of ['macro-auroc', 'hand-till'] as const) {
    let [found, covered, width] = [0, 0, 0];
    const truth = difference(of, metric);
    for (let i = 0; i < studies; i++) {
      const { p, interval } = compareClasses(simulateClasses(of, new Random(`${name} ${i}`)), { metric });
      found += Number(p < 0.05);
      covered += Number(interval.lower <= truth && truth <= interval.upper);
      width += interval.upper - interval.lower;
    }
    const share = (count: number) => ((100 * count) / studies).toFixed(1);
    console.log(
      `| ${name} | ${of.seeds} | ${metric} | ${truth.toFixed(3)} | ${share(found)} | ${share(covered)} | ${(width / studies).toFixed(3)} |`,
    );
  }
}

function difference(of: SimulatedClasses, metric: 'macro-auroc' | 'hand-till'): number {
  if (of.separation[0] === of.separation[1]) return 0;
  const scale = 6000 / Math.min(...of.patients);
  const large = { ...of, patients: of.patients.map((count) => Math.round(count * scale)), seeds: 1, seedDeviation: 0 };
  return compareClasses(simulateClasses(large, new Random('truth')), { metric }).difference;
}
