import { differenceInterval, level, metric, metricBeside, pValue, signed } from '@chromaray/base';
import type { ReaderAnalysis, ReaderComparisonResult } from '@chromaray/contracts';
import { html } from '../kit/html.js';
import type { Question } from '../report/questions/question.js';
import { dataTable, type Section } from '../report/sections/section.js';
import { verdictMark } from '../report/sections/verdict-mark.js';
import { degrees, holdsFor, measureName } from './words.js';

/** The verdict and what it rests on. */
export function answerQuestion(analysis: ReaderAnalysis): Question {
  const { comparisons, smallestDetectable, endpoint } = analysis;
  const halves = comparisons.map(({ interval: [lower, upper] }) => (upper - lower) / 2);
  const [least, most] = [metric(Math.min(...halves)), metric(Math.max(...halves))];
  const within = smallestDetectable > endpoint.margin ? 'more than' : 'within';
  return {
    id: 'answer',
    title: 'What is the answer, and how sure?',
    short: 'The answer',
    answer: `${analysis.statement} Differences are known to within about \u00b1${least === most ? least : `${least} to \u00b1${most}`}. Minimum detectable difference at 80 % power in the most precise comparison: ${metricBeside(smallestDetectable, endpoint.margin)}, ${within} the margin of ${endpoint.margin}.`,
    sections: [comparisonSection(analysis), methodSection(analysis)],
  };
}

function comparisonSection({ comparisons, endpoint }: ReaderAnalysis): Section {
  const corrected = endpoint.correction !== 'none';
  const table = dataTable<ReaderComparisonResult>(
    'table-endpoint',
    `Difference in ${measureName(endpoint)} from ${endpoint.control}, mean over readers. An interval leaves out 0 exactly when ${corrected ? 'the corrected p' : 'p'} is at most ${endpoint.alpha}.`,
    [
      { head: 'Arm', cell: (row) => row.arm },
      { head: 'Difference', cell: (row) => signed(row.difference), kind: 'number' },
      { head: 'Interval', cell: (row) => differenceInterval(row.interval, endpoint.margin), kind: 'number' },
      { head: 'Level', cell: (row) => level(row.intervalLevel), kind: 'number' },
      { head: 'Degrees of freedom', cell: (row) => degrees(row.degreesOfFreedom), kind: 'number' },
      { head: 'p', cell: (row) => pValue(row.p), kind: 'number' },
      ...(corrected
        ? [
            {
              head: 'p (corrected)',
              cell: (row: ReaderComparisonResult) => pValue(row.pCorrected),
              kind: 'number' as const,
            },
          ]
        : []),
      { head: 'Verdict', cell: (row) => verdictMark(row.verdict), text: (row) => row.verdict },
    ],
    comparisons,
  );
  return {
    id: 'comparison',
    title: 'Each arm against the control',
    short: 'Against the control',
    reading:
      'A positive difference means that readers tell positive from negative cases better with the arm than with the control. Look at the interval first: where it reaches over 0, better and worse are both possible.',
    body: html`${table.html}
<ul class="statements">${comparisons.map((row) => html`<li>${row.statement}</li>\n`)}</ul>`,
    tables: [table.plain],
  };
}

const estimates = {
  jackknife: 'the jackknife over cases',
  delong: "DeLong's placement values",
  unbiased: 'U-statistics (unbiased)',
} as const;

function methodSection({ endpoint, overall, design, comparisons }: ReaderAnalysis): Section {
  const test =
    overall === null
      ? 'Nothing varied, so that arms could not be tested together.'
      : `All arms together: F ${overall.f.toFixed(3)} with ${overall.numeratorDegrees} and ${degrees(overall.denominatorDegrees)} degrees of freedom, p ${pValue(overall.p)}.`;
  const freedom =
    endpoint.readers === 'fixed' ? '' : " Degrees of freedom are Hillis's; Cov2 \u2212 Cov3 is not taken below 0.";
  const ownTerm =
    design.kind === 'cases nested in arms'
      ? ' Some arms show other cases than others, so each comparison has the error term of its own two arms.'
      : '';
  return {
    id: 'method',
    title: 'How it was tested',
    short: 'Method',
    body: html`<p>Obuchowski and Rockette's analysis of ${measureName(endpoint)} for ${holdsFor(endpoint)}, with covariances by ${estimates[endpoint.covariance]}.${freedom} ${test}${ownTerm}${correctionSentence(endpoint, comparisons.length)}</p>`,
  };
}

/** A correction of one comparison changes nothing, and is not claimed. */
function correctionSentence({ correction }: ReaderAnalysis['endpoint'], comparisons: number): string {
  if (comparisons < 2) return '';
  if (correction === 'none') return ` The ${comparisons} comparisons were not corrected for their number.`;
  return ` ${correction === 'holm' ? 'Holm' : 'Bonferroni'}'s correction for ${comparisons} comparisons.`;
}
