import { decimal, interval, percent, significant } from '@chromaray/base';
import type { ReaderAgreement, ReaderAnalysis } from '@chromaray/contracts';
import { html } from '../kit/html.js';
import type { Question } from '../report/questions/question.js';
import { dataTable, type Section } from '../report/sections/section.js';

/** What makes values vary, and how far readers agree. */
export function varianceQuestion(analysis: ReaderAnalysis): Question {
  return {
    id: 'variance',
    title: 'What makes the results vary?',
    short: 'Variance, agreement',
    answer: share(analysis),
    sections: [componentsSection(analysis), agreementSection(analysis)],
  };
}

/**
 * Which of readers and cases limits the study. The variance of a difference is 2/r times (VarTR + own + r excess): twice the
 * readers halve VarTR and own, twice the cases own and excess.
 */
function share({ components, design, endpoint }: ReaderAnalysis): string {
  const { armByReader, variance, cov1, cov2, cov3 } = components;
  if (endpoint.readers === 'fixed' || endpoint.cases === 'fixed') {
    const [alone, varying] = endpoint.readers === 'fixed' ? ['readers', 'cases'] : ['cases', 'readers'];
    return `The result is for these ${alone} alone, so only ${varying} count as varying.`;
  }
  const excess = Math.max(0, cov2 - cov3);
  const ofReaders = Math.max(0, armByReader);
  const own = Math.max(0, variance - cov1 - excess);
  const ofCases = design.readers.length * excess;
  const whole = ofReaders + own + ofCases;
  if (whole === 0) return 'Nothing varied between arms.';
  const saved = (part: number): string => percent(part / whole / 2, 0);
  return `By the estimated components, twice as many readers would take ${saved(ofReaders + own)} off the variance of a difference, twice as many cases ${saved(own + ofCases)}.`;
}

function componentsSection({ components }: ReaderAnalysis): Section {
  const { msT, msR, msTR, variance, cov1, cov2, cov3, armByReader } = components;
  const rows: readonly (readonly [name: string, value: number, meaning: string])[] = [
    ['MS(T)', msT, 'mean square of arms'],
    ['MS(R)', msR, 'mean square of readers'],
    ['MS(TR)', msTR, 'mean square of arms by readers'],
    ['Var(TR)', armByReader, 'readers respond differently to the arms; an estimate, which may fall below 0'],
    ['Var', variance, 'of one reader in one arm, over cases'],
    ['Cov1', cov1, 'one reader, different arms'],
    ['Cov2', cov2, 'different readers, one arm'],
    ['Cov3', cov3, 'different readers, different arms'],
  ];
  const table = dataTable<(typeof rows)[number]>(
    'table-components',
    'Mean squares and covariances of the analysis; another study can be planned from them.',
    [
      { head: 'Component', cell: ([name]) => name },
      { head: 'Estimate', cell: ([, value]) => significant(value, 4), kind: 'number' },
      { head: 'What it is', cell: ([, , meaning]) => meaning, kind: 'words' },
    ],
    rows,
    { sortable: false },
  );
  return {
    id: 'components',
    title: 'Components of variance',
    short: 'Components',
    body: table.html,
    tables: [table.plain],
  };
}

function agreementSection({ agreement }: ReaderAnalysis): Section {
  const table = dataTable<ReaderAgreement>(
    'table-agreement',
    'ICC(2,1), absolute agreement of single ratings, over cases that all readers read; Cohen\u2019s kappa of calls, mean over pairs of readers.',
    [
      { head: 'Arm', cell: (row) => row.arm },
      { head: 'Cases', cell: (row) => row.cases, kind: 'number' },
      { head: 'ICC', cell: (row) => decimal(row.icc, 2), kind: 'number' },
      { head: 'Interval', cell: (row) => interval(row.iccInterval, (value) => decimal(value, 2)), kind: 'number' },
      { head: 'Kappa', cell: (row) => decimal(row.kappa, 2), kind: 'number' },
    ],
    agreement,
  );
  const noCalls = agreement.every(({ kappa }) => kappa === null);
  return {
    id: 'agreement',
    title: 'How far readers agree',
    short: 'Agreement',
    body: html`${table.html}${
      noCalls ? html`<p class="quiet">There is no kappa: readers gave no calls, and no cut was declared.</p>` : null
    }`,
    tables: [table.plain],
  };
}
