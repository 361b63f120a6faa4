/**
 * Prints the table of docs/reader-studies.md: how often the analysis of readers errs on Roe and Metz's model.
 *
 *     npx tsx --conditions=chromaray-source packages/evidence/test/measure-reader-errors.ts 2000
 */
import { Random } from '@chromaray/base';
import { measureReaderErrors } from '../src/mrmc/measure-reader-errors.js';
import { caseCorrelations, type RoeMetzModel, separationFor } from '../src/mrmc/roe-metz.js';

const studies = Number(process.argv[2] ?? 2000);
const percent = ({ rate, standardError }: { rate: number; standardError: number }): string =>
  `${(100 * rate).toFixed(1)} ± ${(100 * standardError).toFixed(1)}`;

console.log(
  '| AUC | readers | cases | correlation | reader variance | type I error, % | coverage, % | coverage of an arm, % | estimated / true variance | coverage at a difference of 0.05, % |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|');
for (const auc of [0.7, 0.85, 0.95]) {
  for (const readers of [3, 5, 10]) {
    for (const cases of [50, 100, 200]) {
      for (const correlation of ['high', 'low'] as const) {
        const variance = correlation === 'high' ? 0.03 : 0.0055;
        const model = (difference: number): RoeMetzModel => {
          const own = { reader: variance, armReader: variance };
          return {
            ...own,
            ...caseCorrelations[correlation],
            readers,
            positives: cases / 2,
            negatives: cases / 2,
            separations: [separationFor(auc, own), separationFor(auc - difference, own)],
          };
        };
        const name = `${auc} ${readers} ${cases} ${correlation}`;
        const equal = measureReaderErrors(model(0), studies, new Random(`readers ${name}`));
        const different = measureReaderErrors(model(0.05), studies, new Random(`readers different ${name}`));
        console.log(
          `| ${auc.toFixed(2)} | ${readers} | ${cases} | ${correlation} | ${variance} | ${percent(equal.significant)} | ${percent(equal.coverage)} | ${percent(equal.armCoverage)} | ${equal.varianceRatio.toFixed(2)} | ${percent(different.coverage)} |`,
        );
      }
    }
  }
}
