import type {
  ArmBehaviour,
  ArmExplanation,
  ExternalEvaluation,
  Finding,
  ShortcutBaseline,
  StudyBehaviour,
  StudyExplanation,
} from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { buildReport } from './build-report.js';
import { drawFigures } from './render-figures.js';
import { sampleInput } from './report.test-support.js';
import type { ReportInput } from './report-input.js';
import { lookingSentences } from './sections/looking.js';
import { shortcutSentence } from './sections/shortcuts.js';
import { travelSentence } from './sections/travel.js';

const plain = sampleInput({ epochs: 2 });
const control = plain.verdict.arms.find((arm) => arm.control)!;

/** The input with one shortcut of this AUROC, as far below and above it as told. */
function withShortcut(auroc: number, half = 0.01): ReportInput {
  const shortcut: ShortcutBaseline = {
    view: 'border',
    auroc,
    interval: [auroc - half, auroc + half],
    features: 60,
    trained: 4000,
    tested: 1171,
  };
  const behaviour: StudyBehaviour = {
    positive: 'PNEUMONIA',
    level: 0.95,
    arms: [],
    agreement: [],
    shortcuts: [shortcut],
  };
  return { ...plain, behaviour };
}

describe('shortcuts', () => {
  const [lower] = control.auroc.interval!;

  it('are judged by rule against the control', () => {
    expect(shortcutSentence(withShortcut(control.auroc.interval![1] + 0.02))).toMatch(/The shortcut ranks better/);
    expect(shortcutSentence(withShortcut(control.auroc.mean + 0.005))).toMatch(/Their intervals overlap/);
    expect(shortcutSentence(withShortcut(lower - 0.005))).toMatch(/Their intervals overlap/);
    expect(shortcutSentence(withShortcut(lower - 0.1))).toMatch(/rank better, and may still rest on it in part/);
    expect(shortcutSentence(withShortcut(0.55))).toMatch(/too little to explain/);
  });

  it('stand beside the networks, and in the answer', () => {
    const page = buildReport(withShortcut(0.9));
    const section = page.slice(page.indexOf('id="shortcuts"'), page.indexOf('id="audit"'));
    expect(section).toContain('0.900');
    expect(section).toContain('0.890 to 0.910');
    expect(section).toContain('tested on the same test X-rays');
    expect(section).toContain(`networks of ${control.arm}`);
    expect(page.slice(page.indexOf('id="artefact"'), page.indexOf('id="shortcuts"'))).toContain(
      'reached an AUROC of 0.900',
    );
  });

  it('are drawn as points on one scale with the networks, and not at all where none was measured', () => {
    const [chart] = drawFigures(withShortcut(0.9)).shortcuts.figures;
    expect(chart!.description).toContain('the outer sixteenth of the picture: 0.900 (0.890 to 0.910).');
    const points = [...chart!.svg.matchAll(/<title>([^<]*)<\/title>/g)].map(([, words]) => words);
    expect(points).toContain(
      `networks of ${control.arm}: ${control.auroc.mean.toFixed(3)} (${control.auroc.interval!.map((end) => end.toFixed(3)).join(' to ')})`,
    );
    expect(drawFigures(plain).shortcuts.figures).toEqual([]);
  });

  it('of an older study are the audit’s, and it is said on what they were measured', () => {
    const finding: Finding = {
      ...({ id: 'label-from-border', severity: 'warns', title: '', reason: '', remedy: '', records: [] } as const),
      evidence: { view: 'border', auroc: 0.92, interval: [0.91, 0.93], features: 60, records: 5856 },
    };
    const page = buildReport({ ...plain, audit: { ...plain.audit, findings: [finding] } });
    expect(page).toContain('on folds of all records that keep patients apart, not on the test part');
  });
});

function explained(arm: string, change: Partial<ArmExplanation> = {}): ArmExplanation {
  const share = (mean: number, area: number) => ({ mean, interval: [mean - 0.03, mean + 0.03] as const, area });
  return {
    arm,
    control: arm === 'gray',
    seed: 1,
    featureMap: { channels: 128, height: 8, width: 8 },
    energy: { n: 48, flat: 5, border: share(0.3, 0.234), centre: share(0.2, 0.25), lungs: null },
    randomisation: {
      ...{ n: 16, draws: 3, passed: true, limit: 0.5 },
      stages: [
        { layers: 1, of: 6, lowest: 'output', rankCorrelation: 0.44, similarity: 0.57, flat: 1 },
        { layers: 6, of: 6, lowest: 'convolution-1', rankCorrelation: -0.07, similarity: null, flat: 0 },
      ],
    },
    cases: [
      {
        ...{ record: 'test/NORMAL/a.jpeg', label: 'NORMAL', outcome: 'false positive', called: 'PNEUMONIA' },
        ...{
          probability: 0.997,
          shares: { border: 0.41, centre: 0.1, lungs: null },
          picture: `explanation/${arm}-1/1.png`,
        },
      },
    ],
    ...change,
  };
}

const measured: ArmBehaviour = {
  ...{ arm: 'gray', control: true, seeds: [1], calibration: [], reliability: [], thresholds: [] },
  ...{ decisionCurve: [], subgroups: [], mistakes: [] },
};

describe('where the networks look', () => {
  const explanation: StudyExplanation = {
    ...{ format: 1, key: '', notice: '', sample: [] },
    arms: [explained('gray'), explained('<turbo>')],
    missing: [{ arm: 'learned', reason: 'its model is gone' }],
  };
  const pictures = new Map(
    explanation.arms.map(
      ({ cases }) =>
        [
          cases[0]!.picture,
          { seen: 'data:image/png;base64,iVBORw0K', map: 'data:image/jpeg;base64,/9j/4AAQ', asGiven: true },
        ] as const,
    ),
  );
  const page = buildReport({ ...plain, explanation: { explanation, pictures } });

  it('is told in numbers with what chance would give, and what is missing is named', () => {
    const section = page.slice(page.indexOf('id="looking"'), page.indexOf('id="audit"'));
    for (const text of [
      '27 % to 33 %',
      'area 23 %',
      '8 × 8 places',
      '5 of 48',
      '−0.07',
      'passed',
      'learned (its model is gone)',
    ]) {
      expect(section.replaceAll('\u00a0', ' ')).toContain(text);
    }
    expect(page).not.toContain('<turbo>');
  });

  it('is shown beside the X-rays, and the sections refer to each other', () => {
    const maps = page.slice(page.indexOf('id="maps"'));
    expect(maps).toContain('NORMAL, false alarm');
    expect(maps).toContain('src="data:image/jpeg;base64,/9j/4AAQ"');
    expect(maps).toContain('href="#looking"');
    expect(maps).toContain('href="#mistakes"');
    const mistake = { record: 'a', label: 'NORMAL', subtype: null, probabilities: [], dataUri: null };
    const behaviour = { ...withShortcut(0.9).behaviour!, arms: [measured] };
    const whole = buildReport({ ...plain, behaviour, mistakes: [mistake], explanation: { explanation, pictures } });
    expect(whole.slice(whole.indexOf('id="mistakes"'))).toContain('href="#maps"');
  });

  it('follows by rule', () => {
    const border = (mean: number) => ({
      ...explained('gray').energy,
      border: { mean, interval: [mean - 0.02, mean + 0.02] as const, area: 0.234 },
    });
    const said = (mean: number) => lookingSentences([explained('gray', { energy: border(mean) })])[0];
    expect(said(0.3)).toMatch(/more than chance/);
    expect(said(0.24)).toMatch(/no more and no less/);
    expect(said(0.1)).toMatch(/less than chance/);
    const failed = { ...explained('gray').randomisation, passed: false };
    expect(lookingSentences([explained('gray', { randomisation: failed })])[1]).toMatch(
      /maps of gray hardly change .* must not be read/,
    );
    const nothing = { ...failed, passed: null, n: 0, stages: [] };
    expect(lookingSentences([explained('gray', { randomisation: nothing })])[1]).toMatch(/nothing to check/);
  });
});

describe('another data set', () => {
  const outside = (mean: number): ExternalEvaluation => ({
    study: plain.verdict.study,
    dataset: {
      ...{ name: 'elsewhere', hash: '', positive: 'PNEUMONIA', negative: 'NORMAL' },
      counts: { records: 624, patients: 428, positives: 390, negatives: 234 },
    },
    ...{ timesEvaluated: 2, evaluationsInAll: 2, comparisons: [], unfinishedTrials: 0, file: '' },
    notes: ['The models have looked at this data set 2 times.'],
    arms: [{ ...control, auroc: { ...control.auroc, mean, interval: [mean - 0.01, mean + 0.01] } }],
  });

  it('is judged by rule: worse, better, or not to be told', () => {
    const [lower, upper] = control.auroc.interval!;
    expect(travelSentence(outside(lower - 0.1), control)).toMatch(/ranks worse there/);
    expect(travelSentence(outside(upper + 0.02), control)).toMatch(/ranks better there/);
    expect(travelSentence(outside(control.auroc.mean), control)).toMatch(/no loss is shown, and none is excluded/);
  });

  it('stands beside the study’s own test part, with how often it was looked at', () => {
    const page = buildReport({ ...plain, external: [outside(0.612)] });
    const section = page.slice(page.indexOf('id="travel"'), page.indexOf('id="audit"'));
    for (const text of ['0.612', '0.602 to 0.622', 'looked at 2 times', '624 X-rays']) expect(section).toContain(text);
    expect(buildReport(plain)).not.toContain('id="travel"');
  });
});
