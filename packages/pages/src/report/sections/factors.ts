import { differenceInterval, level, pValue, signed } from '@chromaray/base';
import {
  endpointName,
  type FactorEffect,
  type FactorEffects,
  factorEffectName,
  factorOutcomeText,
  isLowerBetter,
} from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import type { ReportFigures } from '../render-figures.js';
import type { ReportInput } from '../report-input.js';
import { dataTable, panels, type Section } from './section.js';

/** Main effects and interactions of a study with two factors or more; nothing for others. */
export function factorsSection({ verdict }: ReportInput, { factors: drawn }: ReportFigures): readonly Section[] {
  const { factors, endpoint } = verdict;
  if (factors === undefined) return [];
  const name = endpointName(endpoint);
  const table = dataTable<FactorEffect>(
    'table-factors',
    `Effects of the factors on the ${name}, exploratory: none was declared, and the verdict does not rest on them. A main effect is the mean of all arms with a level less that of all arms with the first level; an interaction is how much that difference changes with the other factor. p is corrected by Holm for all effects that can be tested, and an interval leaves out 0 exactly when the corrected p is at most ${endpoint.alpha}.`,
    [
      { head: 'Effect', cell: factorEffectName, kind: 'words' },
      { head: 'Kind', cell: ({ of }) => (of.length === 1 ? 'main effect' : 'interaction') },
      { head: 'Difference', cell: ({ effect }) => signed(effect), kind: 'number' },
      { head: 'Interval', cell: (row) => differenceInterval(row.interval), kind: 'number' },
      {
        head: 'Level',
        cell: ({ intervalLevel }) => (intervalLevel === null ? '–' : level(intervalLevel)),
        kind: 'number',
      },
      { head: 'p', cell: ({ p }) => pValue(p), kind: 'number' },
      { head: 'p (Holm)', cell: ({ pCorrected }) => pValue(pCorrected), kind: 'number' },
      { head: 'Seeds', cell: ({ seeds }) => (seeds.length === 0 ? '–' : seeds.join(', ')) },
      { head: 'Comes to', cell: factorOutcomeText, kind: 'words' },
    ],
    factors.effects,
  );
  return [
    {
      id: 'factors',
      title: 'What each factor does (exploratory)',
      short: 'Factors',
      reading: `${isLowerBetter(endpoint) ? 'A negative difference is the better one. ' : ''}Lines that run side by side in the figure mean that the factors act by themselves; lines that cross or spread, that the effect of one depends on the other. That no interaction is shown does not mean that the lines are parallel: look at its interval.`,
      body: html`${drawn.figures.length === 0 ? null : panels(drawn)}<p>${factors.statement}</p>
${leftOut(factors, drawn.figures.length)}${table.html}`,
      tables: [table.plain],
    },
  ];
}

/** Pairs of factors that are not drawn. */
function leftOut({ factors }: FactorEffects, drawn: number) {
  const pairs = (factors.length * (factors.length - 1)) / 2;
  return drawn === 0 || drawn === pairs
    ? null
    : html`<p>${String(pairs - drawn)} of ${String(pairs)} pairs of factors are not drawn: they have too many levels, or no finished arm.</p>
`;
}

/** For the answer in words; none beside a verdict that is invalid. */
export function factorSentences({ verdict }: ReportInput): string {
  return verdict.factors === undefined || verdict.verdict === 'invalid' ? '' : ` ${verdict.factors.statement}`;
}
