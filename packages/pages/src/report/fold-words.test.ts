import { testedOn } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { evaluation } from './checklists/evaluation-facts.js';
import { doubts } from './doubts.js';
import { methodsParagraphs } from './methods-text.js';
import { sampleInput } from './report.test-support.js';
import { basis } from './sections/first-words.js';

const plain = sampleInput({ seeds: [1, 2, 3], epochs: 2 });
const withFolds = (folds: NonNullable<typeof plain.verdict.folds>) => ({
  ...plain,
  verdict: { ...plain.verdict, folds },
});
const whole = withFolds({ asked: 5, finished: 5, sites: null });
const partial = withFolds({ asked: 5, finished: 3, sites: null });
const sites = withFolds({ asked: 2, finished: 2, sites: ['east', 'west'] });

describe('a report of a study with folds', () => {
  it('says what its numbers are measured on, and how many folds are finished', () => {
    expect(basis(plain.verdict)).toContain('Measured on the test part, 624 X-rays');
    expect(basis(whole.verdict)).toContain('Measured on the test parts of 5 folds together, 624 X-rays');
    expect(basis(partial.verdict)).toContain('the test parts of 3 of 5 folds together');
    expect(testedOn(sites.verdict)).toBe('2 sites, each by networks that learned from the others');
    const chips = (input: typeof plain) => doubts(input).map(({ chip }) => chip);
    expect(chips(partial)).toContain('3 of 5 folds finished');
    expect(chips(whole).join()).not.toContain('folds');
  });

  it('tells how it was tested in methods and checklists, and only then', () => {
    const said = (input: typeof plain) => `${methodsParagraphs(input).join(' ')} ${evaluation(input).internal!.text}`;
    expect(said(plain)).not.toContain('fold');
    expect(said(whole)).toContain('divided into 5 folds, patients apart and stratified by class');
    expect(said(sites)).toContain('The X-rays of each of 2 sites (east, west) were a fold');
  });
});
