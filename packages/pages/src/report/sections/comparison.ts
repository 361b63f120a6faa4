import { count, differenceInterval, level, pValue, signed } from '@chromaray/base';
import { type Comparison, type Endpoint, endpointName, isLowerBetter, type SeedComparison } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import { whenDeclared } from '../declaration.js';
import type { ReportInput } from '../report-input.js';
import { absent, dataTable, type Section } from './section.js';
import { verdictMark } from './verdict-mark.js';

/** What a difference above 0 says of the arm. */
function positiveMeans(endpoint: Endpoint): string {
  if (endpoint.metric === 'auroc' && endpoint.class === undefined)
    return 'A positive difference means that the arm ranks X-rays better than the control.';
  return isLowerBetter(endpoint)
    ? `A negative difference means that the arm has the lower ${endpointName(endpoint)} and is the better one.`
    : `A positive difference means that the arm has the higher ${endpointName(endpoint)}.`;
}

/** Each arm against the control: the endpoint, and the paired tests of every seed. */
export function comparisonSection(input: ReportInput): Section {
  const { verdict } = input;
  const { comparisons, endpoint } = verdict;
  const isOfSeveral = verdict.arms.some(({ classes }) => classes !== undefined);
  const isResampled = !comparisons.some(({ bootstrap }) => bootstrap.resamples === 0);
  const seeds = comparisons.flatMap((comparison) => comparison.perSeed.map((seed) => ({ comparison, seed })));
  const differences = dataTable<Comparison>(
    'table-endpoint',
    `Difference in ${endpointName(endpoint)} from ${comparisons[0]?.control ?? 'the control'} on the test part: the endpoint, ${whenDeclared(input)}. An interval leaves out 0 exactly when ${endpoint.correction === 'holm' ? 'the corrected p' : 'p'} is at most ${endpoint.alpha}. ${isResampled ? `Bootstrap: the same difference over ${count(endpoint.bootstrap)} resamples of patients and seeds (BCa), as a second look.` : 'Endpoints of several classes are not resampled.'}`,
    [
      { head: 'Arm', cell: (row) => row.arm },
      { head: 'Difference', cell: (row) => signed(row.difference), kind: 'number' },
      { head: 'Interval', cell: (row) => differenceInterval(row.interval, endpoint.margin), kind: 'number' },
      ...(isResampled
        ? [
            {
              head: 'Bootstrap',
              cell: (row: Comparison) => differenceInterval(row.bootstrap.bca, endpoint.margin),
              kind: 'number' as const,
            },
          ]
        : []),
      { head: 'Level', cell: (row) => level(row.intervalLevel), kind: 'number' },
      { head: 'p', cell: (row) => pValue(row.p), kind: 'number' },
      ...(endpoint.correction === 'holm'
        ? [{ head: 'p (Holm)', cell: (row: Comparison) => pValue(row.pCorrected), kind: 'number' as const }]
        : []),
      { head: 'Verdict', cell: (row) => verdictMark(row.verdict), text: (row) => row.verdict },
    ],
    comparisons,
  );
  const bySeed = dataTable<{ comparison: Comparison; seed: SeedComparison }>(
    'table-seeds',
    `The same seed by seed (exploratory, not corrected for their number): paired DeLong test of the ${isOfSeveral ? `${endpointName(endpoint)}, and exact McNemar test of the classes that X-rays are called` : 'AUROCs and exact McNemar test of the decisions'}.`,
    [
      { head: 'Arm', cell: ({ comparison }) => comparison.arm },
      { head: 'Seed', cell: ({ seed }) => seed.seed, kind: 'number' },
      { head: 'Difference', cell: ({ seed }) => signed(seed.delong.difference), kind: 'number' },
      {
        head: `${level(1 - endpoint.alpha)} interval`,
        cell: ({ seed }) => differenceInterval(seed.delong.interval, endpoint.margin),
        kind: 'number',
      },
      { head: 'p (DeLong)', cell: ({ seed }) => pValue(seed.delong.p), kind: 'number' },
      { head: 'Only arm right', cell: ({ seed }) => count(seed.mcnemar.onlyArmRight), kind: 'number' },
      { head: 'Only control right', cell: ({ seed }) => count(seed.mcnemar.onlyControlRight), kind: 'number' },
      { head: 'p (McNemar)', cell: ({ seed }) => pValue(seed.mcnemar.p), kind: 'number' },
    ],
    seeds,
  );
  return {
    id: 'comparison',
    title: 'Each arm against the control',
    short: 'Against the control',
    reading: `${positiveMeans(endpoint)} Look at the interval first: where it reaches over 0, better and worse are both possible. The forest plot at the top shows the same.`,
    body:
      comparisons.length === 0
        ? absent(
            'No arm can be compared yet: the control and at least one other arm need a finished trial with the same seed.',
          )
        : html`${differences.html}
<ul class="statements">${comparisons.map((row) => html`<li>${row.statement}</li>\n`)}</ul>
${bySeed.html}`,
    tables: comparisons.length === 0 ? [] : [differences.plain, bySeed.plain],
  };
}
