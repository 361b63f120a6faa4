import type { ComparisonVerdict, ControlReadings } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { buildReport } from './build-report.js';
import { sampleInput } from './report.test-support.js';
import type { ReportInput } from './report-input.js';

const controls: ControlReadings = {
  present: [{ arm: 'smooth', kind: 'smooth random', purpose: 'A control for smooth colour.' }],
  comparisons: [
    {
      arm: 'turbo',
      control: 'smooth',
      kind: 'smooth random',
      difference: 0.004,
      interval: [-0.003, 0.011],
      intervalLevel: 0.95,
      p: 0.2,
      verdict: 'inconclusive',
    },
  ],
  answers: ['turbo is better than gray; whether it is better than smooth is not shown.'],
  open: ['No arm has `colour: repeat`: that stays open.'],
};

function report(turbo: ComparisonVerdict, readings: ControlReadings | undefined): string {
  const input = sampleInput({ seeds: [1, 2], epochs: 2, samples: 0, arms: { gray: 2.4, turbo: 2.4, smooth: 2.4 } });
  const comparisons = input.verdict.comparisons.map((one) => ({
    ...one,
    verdict: one.arm === 'turbo' ? turbo : ('inconclusive' as const),
  }));
  const verdict = { ...input.verdict, comparisons, ...(readings === undefined ? {} : { controls: readings }) };
  return buildReport({ ...input, verdict } satisfies ReportInput);
}

const answer = (page: string) => /<p class="answer">([\s\S]*?)<\/p>/.exec(page.slice(page.indexOf('id="answer"')))![1]!;

describe('the control arms in a report', () => {
  it('are shown with what they are controls for, their differences, and what stays open', () => {
    const page = report('helps', controls);
    for (const text of [controls.present[0]!.purpose, controls.answers[0]!, 'that stays open.', '+0.004'])
      expect(page).toContain(text);
    expect(page).toContain('id="table-controls"');
  });

  it('are part of the answer where an arm differs, and only there', () => {
    expect(answer(report('helps', controls))).toContain(controls.answers[0]!);
    expect(answer(report('harms', controls))).toContain(controls.answers[0]!);
    expect(answer(report('inconclusive', controls))).not.toContain(controls.answers[0]!);
  });

  it('are no section of a study without colours, and no table where nothing could be compared', () => {
    expect(report('helps', undefined)).not.toContain('id="controls"');
    expect(report('helps', { ...controls, comparisons: [] })).not.toContain('id="table-controls"');
  });
});
