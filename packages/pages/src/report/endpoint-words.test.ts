import { type Endpoint, endpointName } from '@chromaray/contracts';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { buildReport } from './build-report.js';
import { studyFacts } from './checklists/facts.js';
import type { ReportInput } from './report-input.js';
import { completeInput } from './sample-behaviour.test-support.js';

const kinds = [
  { metric: 'auprc' },
  { metric: 'sensitivity', at: 0.9 },
  { metric: 'specificity', at: 0.9 },
  { metric: 'balanced-accuracy' },
  { metric: 'brier' },
] as const;

function withEndpoint(kind: Pick<Endpoint, 'metric' | 'at'>): ReportInput {
  const input = completeInput();
  const { verdict } = input;
  return {
    ...input,
    verdict: {
      ...verdict,
      endpoint: { ...verdict.endpoint, ...kind },
      arms: verdict.arms.map((arm) => ({ ...arm, endpoint: arm.accuracy })),
      comparisons: verdict.comparisons.map((one) => ({
        ...one,
        statement: `${one.arm} against ${one.control}, in ${endpointName(kind)}.`,
      })),
    },
  };
}

/** Where the AUROC itself is shown, or a network's ranking is judged by it whatever the endpoint is. */
const aboutTheAuroc = [
  /^AUROC$/,
  /All (else )?but (the endpoint and )?AUROC|all else but AUROC/,
  /^AUROC, interval, margin/,
  /DeLong test of the AUROCs/,
  /AUROC of linear classifiers|AUROC of classifiers that saw/,
  /linear classifier that saw only|what AUROC a classifier reaches/,
  /Beside each name its AUROC|^AUROC 0\.\d+|: AUROC 0\.\d+/,
  /A group of one class has no AUROC/,
  /Arms with the same AUROC may still err/,
  /By (its|their) AUROC on the validation part/,
  /is the endpoint; AUROC; accuracy/,
  /AUROC; 0\.5 is guessing$/,
  /[Vv]alidation AUROC|AUROC on validation/,
  /AUROC (in the study|here)|reaches an AUROC of/,
];

describe.each(kinds.map((kind) => ({ kind, name: endpointName(kind) })))(
  'the report of a study about the $name',
  ({ kind, name }) => {
    const input = withEndpoint(kind);
    const { document } = parseHTML(buildReport(input));
    const lines = [
      ...document.querySelectorAll('p, li, td, th, dt, dd, caption, figcaption, summary, h2, h3, text, title, desc'),
    ]
      .filter((element) => element.querySelector('p, li, td, th, dt, dd, text') === null)
      .map((element) => (element.textContent ?? '').replaceAll(/\s+/g, ' ').trim());

    it('names it where the endpoint is meant: question, endpoint, method, figures, tables, checklists', () => {
      const text = document.documentElement.textContent!.replaceAll(/\s+/g, ' ').toLowerCase();
      const named = (before: string, after = ''): string => `${before}${name}${after}`.toLowerCase();
      expect(text).toContain(named('measured by ', ' on the test part'));
      expect(text).toContain(named('difference in ', ' between each arm and the control'));
      expect(text).toContain(named('the endpoint was the difference in '));
      expect(text).toContain(named('', ' of every arm'));
      expect(text).toContain(named('', ' (endpoint)'));
    });

    it('names it in the facts that checklists are filled with', () => {
      const facts = JSON.stringify(studyFacts(input));
      expect(facts.toLowerCase()).toContain(`${name} is the endpoint`.toLowerCase());
      expect(facts).toContain(`change the ${name} for`);
    });

    it('says AUROC only where the AUROC itself is meant', () => {
      const wrong = lines.filter(
        (line) => line.includes('AUROC') && !aboutTheAuroc.some((allowed) => allowed.test(line)),
      );
      expect(wrong).toEqual([]);
    });

    it('points to the better side', () => {
      const forest = document.querySelector('figure.forest')!.textContent!;
      const [left, right] = kind.metric === 'brier' ? ['better', 'worse'] : ['worse', 'better'];
      expect(forest).toContain(`\u2190 ${left} than gray`);
      expect(forest).toContain(`${right} \u2192`);
    });
  },
);
