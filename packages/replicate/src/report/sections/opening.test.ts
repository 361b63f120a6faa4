import type { ReplicationResult } from '@chromaray/contracts';
import { expect, test } from 'vitest';
import { opening } from './opening.js';

const tested = { records: 20, accuracy: 0.8 };
const published = { accuracy: 0.9 };

/** The facts that the first screen reads, and no others. */
function resultWith(cuts: readonly string[]): ReplicationResult {
  const arm = { published, test: tested, sources: { test: 10, inBoth: 9 } };
  return {
    dataset: { name: 'phantoms' },
    original: { gray: arm, colour: arm },
    unseen: tested,
    controlled: { arms: [], verdict: { counts: { test: { records: 20 } } } },
    colour: { name: 'colour', note: '' },
    labels: { positive: 'pneumonia', negative: 'normal', note: '' },
    claims: [{ outcome: 'not reproduced' }],
    cuts,
    notice: 'For research only.',
  } as unknown as ReplicationResult;
}

test('the headline comes first; what limits it follows, named in sight with its details folded', () => {
  const page = opening(resultWith(['one epoch', 'few X-rays'])).markup;
  expect(page.indexOf('<h1>')).toBeLessThan(page.indexOf('Risk accepted'));
  const summaries = [...page.matchAll(/<summary>(.*?)<\/summary>/g)].map(([, words]) => words);
  expect(summaries.join()).toContain('verdict of A is <strong>invalid</strong>');
  expect(summaries.join()).toContain('2 things were cut');
  expect(summaries.join()).not.toContain('one epoch');
  expect(page).toContain('<li>one epoch</li>');
});

test('a full replication is not said to be cut', () => {
  expect(opening(resultWith([])).markup).not.toContain('Made quicker');
});

test('a single cut is counted as one', () => {
  expect(opening(resultWith(['one epoch'])).markup).toContain('1 thing was cut');
});
