import { describe, expect, it } from 'vitest';
import { buildReport } from './build-report.js';
import { filledChecklists } from './checklists/index.js';
import { declarationText, whenDeclared } from './declaration.js';
import { sampleInput } from './report.test-support.js';
import type { ReportInput } from './report-input.js';

const asRegistered = sampleInput();
const unregistered: ReportInput = { ...asRegistered, registration: null };
const late: ReportInput = {
  ...asRegistered,
  registration: { ...asRegistered.registration!, declaredBeforeTraining: false },
};
const amended: ReportInput = {
  ...asRegistered,
  verdict: {
    ...asRegistered.verdict,
    amendedAfterResults: ['endpoint changed (margin 0.01, now 0.05) after a verdict'],
  },
};

/** Everything a reader of the report and its checklists sees. */
function everything(input: ReportInput): string {
  return `${buildReport(input)}\n${JSON.stringify(filledChecklists(input))}`;
}

describe('what a report says was declared before training', () => {
  it('is said of a plan that was registered before training', () => {
    expect(everything(asRegistered)).toMatch(/registered before training, at 2026-03-01 09:00 UTC/);
  });

  it.each([
    ['was never registered', unregistered],
    ['was registered after training', late],
    ['was changed when results could be known', amended],
  ])('is said nowhere, checklists included, of a plan that %s', (_, input) => {
    const claims = [
      ...everything(input).matchAll(
        /(?<![Nn]ot )\b(declared|registered|written down|written) (beforehand|before training)/g,
      ),
    ];
    expect(claims.map(([claim]) => claim)).toEqual([]);
  });

  it('names what was changed, and an amendment before any result with its reason', () => {
    expect(whenDeclared(amended)).toBe('changed when results could be known');
    expect(declarationText(amended)).toContain('margin 0.01, now 0.05');
    const early = { at: '2026-03-02', reason: 'a slip', what: 'seeds added (1, now 1, 2)', known: 'before any result' };
    const registration = { ...asRegistered.registration!, amendments: [early] };
    expect(declarationText({ ...asRegistered, registration })).toContain('seeds added (1, now 1, 2) (a slip)');
  });
});
