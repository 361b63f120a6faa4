import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { buildReport } from '../build-report.js';
import { sampleInput } from '../report.test-support.js';

const input = sampleInput({ seeds: [1, 2], epochs: 2 });
const statement = 'With other training sets, an arm against gray: mean difference over 3 splits.';
const acrossSplits = {
  asked: 5,
  differences: [0.01, -0.002, 0.004],
  notLearned: 0,
  result: { mean: 0.004, interval: [-0.02, 0.028], p: 0.5, standardError: 0.005, degreesOfFreedom: 2 },
  statement,
} as const;
const comparisons = input.verdict.comparisons.map((comparison) => ({ ...comparison, acrossSplits }));

function page(verdict: Partial<typeof input.verdict>) {
  return parseHTML(buildReport({ ...input, verdict: { ...input.verdict, ...verdict } })).document;
}

describe('the answer with other training sets', () => {
  it('has a row and a sentence for each arm, and says how many splits are finished', () => {
    const document = page({ comparisons });
    const rows = [...document.querySelectorAll('#across-splits tbody tr')].map((row) => row.textContent ?? '');
    expect(rows).toHaveLength(comparisons.length);
    expect(rows[0]).toContain('3 of 5');
    expect(document.querySelectorAll('#across-splits .statements li')).toHaveLength(comparisons.length);
    expect(document.querySelector('#answer p')?.textContent).toContain(statement);
  });

  it('is not there in a study with one split, and not part of an answer that is invalid', () => {
    expect(page({}).querySelector('#across-splits')).toBeNull();
    const answer = page({ comparisons, verdict: 'invalid' }).querySelector('#answer p');
    expect(answer?.textContent).not.toContain(statement);
  });
});
