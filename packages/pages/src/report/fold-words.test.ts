import { testedOn } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { html } from '../kit/html.js';
import { evaluation } from './checklists/evaluation-facts.js';
import { doubts } from './doubts.js';
import { methodsParagraphs } from './methods-text.js';
import { drawFigures, type ReportFigures } from './render-figures.js';
import { sampleInput } from './report.test-support.js';
import { completeInput } from './sample-behaviour.test-support.js';
import { failureSections } from './sections/failures.js';
import { basis } from './sections/first-words.js';
import { foldsSection } from './sections/folds.js';
import { honestySection } from './sections/honesty.js';

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

  it('draws its curves, bins and decisions of all folds pooled, and says so; not where there are none', () => {
    const groups = (input: typeof plain) => {
      const { rocAll, roc, confusion, reliability, decision } = drawFigures(input);
      return [rocAll, roc, confusion, reliability, decision].map(({ marks }) => marks ?? '');
    };
    for (const marks of groups(whole)) expect(marks).toContain('All folds are pooled: every X-ray is there once');
    expect(groups(plain).join()).not.toContain('fold');
    expect(drawFigures(whole).rocAll.figures).toHaveLength(1);
  });

  it('tells every fold, why subgroups have no AUROC, and where thresholds come from', () => {
    const network = { seed: 1, sensitivity: 0.8, specificity: 0.7, brier: 0.1 };
    const fold = (number: number, auroc: number) => ({
      ...{ fold: number, records: 100 + number, positives: 60 },
      networks: [
        { ...network, arm: 'gray', auroc },
        { ...network, arm: 'gray', seed: 2, auroc: auroc + 0.02 },
      ],
    });
    const complete = completeInput({ seeds: [1, 2, 3], epochs: 2 });
    const alone = complete.behaviour!;
    const said = (behaviour: typeof alone) => {
      const input = { ...complete, behaviour };
      const none = { caption: '', figures: [] };
      const figures = { reliability: none, decision: none } as unknown as ReportFigures;
      const sections = [...foldsSection(input), ...failureSections(input), ...honestySection(input, figures)];
      return sections.map(({ body }) => html`${body}`.markup).join('\n');
    };
    const page = said({ ...alone, folds: [fold(1, 0.9), fold(2, 0.7)] });
    expect(page).toMatch(/table-folds[\s\S]*101[\s\S]*0\.910[\s\S]*± 0\.014[\s\S]*102[\s\S]*0\.710/);
    const ofFolds = ['table-folds', 'Each fold chooses its threshold', 'networks are not ranked among each other'];
    for (const text of ofFolds) expect(page).toContain(text);
    for (const text of ofFolds) expect(said(alone)).not.toContain(text);
  });
});
