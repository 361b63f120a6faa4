import type { ArmResult, Comparison, MetricSummary, StudyVerdict } from '@chromaray/contracts';
import { studyFolder } from '@chromaray/store';
import { describe, expect, it } from 'vitest';
import { terminalText } from './print.js';
import { formatVerdict } from './verdict.js';

const metric = (mean: number): MetricSummary => ({
  mean,
  sd: 0.004,
  perSeed: [mean],
  interval: [mean - 0.02, mean + 0.02],
});
const arm = (name: string, control: boolean, auroc: number): ArmResult =>
  ({
    arm: name,
    control,
    seeds: [1, 2],
    auroc: metric(auroc),
    accuracy: metric(0.9),
    sensitivity: metric(0.95),
    specificity: metric(0.85),
    f1: metric(0.9),
  }) as ArmResult;

const verdict = {
  study: 'does-colour-help',
  verdict: 'inconclusive',
  statement:
    'Inconclusive: turbo differs from gray by \u22120.004 in AUROC, minimum detectable difference at 80 % power: 0.02.',
  endpoint: { metric: 'auroc', part: 'test', margin: 0.01, alpha: 0.05, correction: 'holm', bootstrap: 2000 },
  arms: [arm('gray', true, 0.96), arm('turbo', false, 0.956)],
  comparisons: [
    {
      arm: 'turbo',
      control: 'gray',
      difference: -0.004,
      interval: [-0.012, 0.004],
      p: 0.0004,
      pCorrected: 0.31,
      verdict: 'inconclusive',
    } as unknown as Comparison,
  ],
  seconds: 65,
} as unknown as StudyVerdict;

const folder = studyFolder('studies', 'does-colour-help');
const shown = (width: number): string => terminalText(formatVerdict(verdict, folder, width), width);
const longest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('formatVerdict', () => {
  it('says the verdict in words, then the numbers, then where to read on', () => {
    const text = shown(Number.POSITIVE_INFINITY);
    expect(text).toContain(`Verdict: inconclusive\n${verdict.statement}\n`);
    expect(text).toMatch(/^gray \(control\) +2 +0\.960 +0\.940 to 0\.980/m);
    expect(text).toMatch(/^turbo +\u22120\.004 +\u22120\.012 to \+0\.004 +< 0\.001 +0\.31 +inconclusive$/m);
    expect(text).toContain('studies/does-colour-help/report.html');
    expect(text).toContain('For research use only');
  });

  it('shows another endpoint first, under its own name, and the AUROC behind it', () => {
    const other = {
      ...verdict,
      endpoint: { ...verdict.endpoint, metric: 'sensitivity' as const, at: 0.9 },
      arms: verdict.arms.map((one) => ({ ...one, endpoint: metric(0.71) })),
    };
    const text = terminalText(formatVerdict(other, folder, Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
    expect(text).toMatch(/^arm +seeds +sensitivity at 0\.9 +interval +sd +AUROC +accuracy/m);
    expect(text).toMatch(/^gray \(control\) +2 +0\.710 +0\.690 to 0\.730 +0\.004 +0\.960/m);
  });

  it('says what the control arms explain and what they leave open, and nothing where there are none', () => {
    expect(shown(80)).not.toContain('Controls');
    const controls = { present: [], comparisons: [], answers: ['turbo is better.'], open: ['smooth stays open.'] };
    const text = formatVerdict({ ...verdict, controls }, folder, 80);
    expect(text).toContain('\nControls\nturbo is better.\nsmooth stays open.\n');
    expect(formatVerdict({ ...verdict, controls: { ...controls, answers: [], open: [] } }, folder, 80)).not.toContain(
      'Controls',
    );
  });

  it('shows effects of factors as exploratory, and nothing where there are none', () => {
    expect(shown(80)).not.toContain('xploratory');
    const of = [{ factor: 'size', level: '128', against: '64' }];
    const numbers = {
      effect: 0.02,
      interval: [0.004, 0.036] as const,
      intervalLevel: 0.95,
      p: 0.004,
      pCorrected: 0.012,
    };
    const effects = [{ of, ...numbers, seeds: [1, 2], outcome: 'higher' as const, cellsAtFault: [] }];
    const statement = 'Exploratory, not part of the verdict: a sentence.';
    const factors = { factors: [], cells: [], effects, statement };
    const text = formatVerdict({ ...verdict, factors }, folder, Number.POSITIVE_INFINITY);
    expect(text).toMatch(/^factors \(exploratory\) +difference/m);
    expect(text).toMatch(/^size: 128 against 64 +\+0\.020 +\+0\.004 to \+0\.036 +0\.004 +0\.012 +higher$/m);
    expect(text).toContain(statement);
  });

  it('keeps every number on a narrow terminal', () => {
    const text = shown(60);
    expect(longest(text.slice(0, text.indexOf('Report')))).toBeLessThanOrEqual(60);
    expect(text).toMatch(/^gray \(control\)$/m);
    expect(text).toMatch(/^ {2}specificity +85\.0 %$/m);
    expect(text).toMatch(/^ {2}p corrected +0\.31$/m);
  });
});
