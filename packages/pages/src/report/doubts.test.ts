import type { ComparisonVerdict, IntervalEnds, StudyVerdict } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { buildReport } from './build-report.js';
import { type Doubt, doubts } from './doubts.js';
import { artefact } from './questions/artefact.js';
import { drawFigures } from './render-figures.js';
import { sampleInput } from './report.test-support.js';
import type { ReportInput } from './report-input.js';
import { lookingSentences } from './sections/looking.js';

const kinds = (input: ReportInput): readonly Doubt['kind'][] => doubts(input).map(({ kind }) => kind);
const answer = (input: ReportInput): string => String(artefact(input, drawFigures(input)).answer);

/** A study of which nothing is to be doubted: no warnings, a shortcut that tells nothing, five seeds. */
function clean(): ReportInput {
  const input = sampleInput();
  const shortcut = { view: 'thumbnail', auroc: 0.52, interval: [0.48, 0.56], features: 256, trained: 900, tested: 300 };
  return {
    ...input,
    audit: { ...input.audit, findings: [] },
    verdict: {
      ...input.verdict,
      unfinished: [],
      arms: input.verdict.arms.map((arm) => ({
        ...arm,
        seeds: [1, 2, 3, 4, 5],
        auroc: { ...arm.auroc, mean: 0.95, interval: [0.93, 0.97] as const },
      })),
    },
    behaviour: {
      ...(input.behaviour ?? { positive: 'PNEUMONIA', level: 0.95, arms: [], agreement: [] }),
      shortcuts: [shortcut],
    } as never,
    explanation: undefined as never,
  };
}

function withShortcut(auroc: number, low: number, high: number): ReportInput {
  const input = clean();
  const [shortcut] = input.behaviour!.shortcuts!;
  return { ...input, behaviour: { ...input.behaviour!, shortcuts: [{ ...shortcut!, auroc, interval: [low, high] }] } };
}

function unlearned(...arms: readonly string[]): ReportInput {
  const input = clean();
  const verdict: StudyVerdict = {
    ...input.verdict,
    arms: input.verdict.arms.map((arm) =>
      arms.includes(arm.arm) ? { ...arm, learning: { notLearned: 'chance', perSeed: ['chance'] } } : arm,
    ),
  };
  return { ...input, verdict };
}

describe('reasons to read a verdict with care', () => {
  it('are none for a study of which nothing is to be doubted', () => {
    expect(kinds(clean())).toEqual([]);
    expect(answer(clean())).toMatch(/^Nothing points to it\./);
  });

  it('name a shortcut that beats the control, or is not shown to be beaten by it, in place of "nothing points to it"', () => {
    const beats = withShortcut(0.985, 0.975, 0.99);
    expect(kinds(beats)).toEqual(['shortcut']);
    expect(doubts(beats)[0]!.chip).toBe('A 16 × 16 thumbnail beats the control');
    expect(answer(beats)).toMatch(/^It may be: a classifier that cannot read an X-ray ranks better than the control\./);
    for (const close of [withShortcut(0.92, 0.9, 0.94), withShortcut(0.96, 0.94, 0.98)]) {
      expect(doubts(close)[0]!.chip).toBe('Control not shown to beat a 16 × 16 thumbnail');
      expect(answer(close)).toMatch(/^It may be: the control is not shown to rank better than a classifier/);
      expect(answer(close)).not.toContain('Nothing points to it');
    }
    const [first] = beats.behaviour!.shortcuts!;
    const byBorder = { ...beats.behaviour!, shortcuts: [{ ...first!, view: 'border' as const }] };
    expect(doubts({ ...beats, behaviour: byBorder })[0]!.chip).toBe('The border alone beats the control');
    expect(answer(withShortcut(0.8, 0.78, 0.82))).toMatch(/^In part, perhaps/);
  });

  it('judge a shortcut by its paired difference from the control where there is one', () => {
    const paired = (low: number, high: number): ReportInput => {
      const input = withShortcut(0.96, 0.94, 0.98);
      const pair = { view: 'thumbnail' as const, difference: (low + high) / 2, interval: [low, high] as const, p: 0.5 };
      const arms = input.verdict.arms.map(({ arm, control }) => ({
        ...pair,
        arm,
        ...(control ? {} : { interval: [0, 1] as const }),
      }));
      return { ...input, behaviour: { ...input.behaviour!, againstShortcuts: arms } };
    };
    const chips = (low: number, high: number) => doubts(paired(low, high)).map(({ chip }) => chip);
    // The two intervals overlap in all of these.
    expect(chips(-0.03, -0.001)).toEqual(['A 16 × 16 thumbnail beats the control']);
    expect(chips(-0.03, 0.01)).toEqual(['Control not shown to beat a 16 × 16 thumbnail']);
    expect(chips(0.001, 0.01)).toEqual([]);
    expect(answer(paired(-0.03, 0.01))).toContain('paired difference, −0.010 (−0.030 to +0.010), includes 0');
  });

  it('name arms that are not shown to have learned, few seeds, unknown patients, and plans that were not declared', () => {
    const [first] = clean().verdict.arms;
    expect(doubts(unlearned(first!.arm))).toMatchObject([{ chip: `Not shown to have learned: ${first!.arm}` }]);
    const input = clean();
    const two = input.verdict.arms.map((arm) => ({ ...arm, seeds: [1, 2] }));
    expect(kinds({ ...input, verdict: { ...input.verdict, arms: two } })).toEqual(['few seeds']);
    const warning = { ...sampleInput().audit.findings[0]!, severity: 'warns' as const };
    expect(doubts({ ...input, audit: { ...input.audit, findings: [warning] } })).toMatchObject([
      { kind: 'audit', chip: '1 audit warning', part: 'audit' },
    ]);
    expect(kinds({ ...input, dataset: { ...input.dataset, patients: null } })).toEqual(['patients unknown']);
    expect(kinds({ ...input, registration: null })).toEqual(['not registered']);
    const amended = { ...input.verdict, amendedAfterResults: ['seeds added (1, now 1, 2) after a verdict'] };
    expect(kinds({ ...input, verdict: amended })).toEqual(['amended']);
  });

  it('include a verdict that other training sets do not bear out', () => {
    const input = clean();
    const [first] = input.verdict.comparisons;
    const chips = (verdict: ComparisonVerdict, interval: IntervalEnds | null, notLearned = 0) => {
      const result = interval && { mean: 0, interval, p: 0.5, standardError: 0.01, degreesOfFreedom: 2 };
      const acrossSplits = { asked: 3, differences: [0.01, 0.02, 0], notLearned, result, statement: 'Across splits.' };
      const comparisons = [{ ...first!, arm: 'turbo', verdict, acrossSplits }];
      return doubts({ ...input, verdict: { ...input.verdict, comparisons } }).map(({ chip }) => chip);
    };
    const fragile = ['Not shown with other training sets: turbo'];
    expect(chips('helps', [0.002, 0.03])).toEqual([]);
    expect(chips('helps', [-0.001, 0.03])).toEqual(fragile);
    expect(chips('helps', [-0.03, -0.002])).toEqual(fragile);
    expect(chips('harms', [-0.03, -0.002])).toEqual([]);
    expect(chips('harms', [-0.03, 0.001])).toEqual(fragile);
    expect(chips('no meaningful difference', [-0.009, 0.009])).toEqual([]);
    expect(chips('no meaningful difference', [-0.009, 0.011])).toEqual(fragile);
    expect(chips('helps', null)).toEqual(fragile);
    expect(chips('helps', [0.002, 0.03], 1)).toEqual(fragile);
    for (const nothing of ['inconclusive', 'did not learn', 'control did not learn'] as const) {
      expect(chips(nothing, [-0.03, 0.03], 1)).toEqual([]);
    }
  });

  it('stand as chips on the first screen, with links to parts that are there', () => {
    const page = buildReport(withShortcut(0.96, 0.94, 0.98));
    const head = page.slice(0, page.indexOf('</header>'));
    expect(head).toContain('<li><a href="#shortcuts">Control not shown to beat a 16 × 16 thumbnail</a></li>');
    for (const [, part] of head.matchAll(/<ul class="chips"[\s\S]*?href="#([a-z-]+)"/g))
      expect(page).toContain(`id="${part}"`);
    expect(buildReport(clean())).not.toContain('class="chips"');
  });
});

describe('maps that change when weights are shuffled', () => {
  const arm = (name: string, control: boolean) =>
    ({
      arm: name,
      control,
      energy: { n: 4, flat: 0, border: null, centre: null, lungs: null },
      randomisation: { passed: true },
    }) as never;
  const both = [arm('gray', true), arm('turbo', false)];

  it('show something learned only of networks that learned', () => {
    expect(lookingSentences(both).join(' ')).toContain('so they show something that the networks learned');
    for (const unlearnedOnes of [['gray'], ['gray', 'turbo']]) {
      const said = lookingSentences(both, unlearnedOnes).join(' ');
      expect(said).not.toContain('so they show something');
      expect(said).toContain('must not be read');
    }
  });
});
