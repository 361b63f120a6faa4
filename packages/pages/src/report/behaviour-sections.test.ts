import type { ArmBehaviour, StudyBehaviour } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { buildReport } from './build-report.js';
import { renderFigures } from './render-figures.js';
import { sampleInput } from './report.test-support.js';
import type { ReportInput, ReportMistake } from './report-input.js';

const scores = { brier: 0.1, logLoss: 0.3, calibrationError: 0.04 };
const share = { value: 0.91, interval: [0.88, 0.93] } as const;

function arm(name: string, control: boolean): ArmBehaviour {
  return {
    arm: name,
    control,
    seeds: [1, 2],
    calibration: [1, 2].map((seed) => ({
      seed,
      ...scores,
      slope: seed === 1 ? { value: 0.8, interval: [0.7, 0.9] } : null,
      intercept: { value: -0.25, interval: [-0.5, 0] },
      temperature: 1.24,
      atTemperature: scores,
    })),
    reliability: [0.1, 0.9].map((probability) => ({
      probability,
      observed: probability,
      perSeed: [1, 2].map((seed) => ({ seed, probability, observed: probability })),
    })),
    thresholds: [
      { rule: 'youden', description: 'both alike', thresholds: [0.5, 0.4], sensitivity: share, specificity: share },
    ],
    decisionCurve: [0.1, 0.5, 0.9].map((threshold) => ({
      threshold,
      model: 0.6 - threshold / 2,
      everybody: 0.6 - threshold,
    })),
    subgroups: [
      {
        by: 'subtype',
        group: 'virus',
        records: 148,
        patients: 126,
        positives: 148,
        negatives: 0,
        against: 'all negatives',
        auroc: share,
        accuracy: null,
      },
    ],
    mistakes: [],
  };
}

const behaviour: StudyBehaviour = {
  positive: 'PNEUMONIA',
  level: 0.95,
  arms: [arm('gray', true), arm('<turbo>', false)],
  agreement: [
    {
      arm: '<turbo>',
      control: 'gray',
      perSeed: [
        {
          seed: 1,
          observed: 0.94,
          kappa: 0.767,
          interval: [0.7, 0.84],
          onlyArmWrong: 16,
          onlyControlWrong: 21,
          bothWrong: 129,
        },
        { seed: 2, observed: 1, kappa: null, interval: null, onlyArmWrong: 0, onlyControlWrong: 0, bothWrong: 0 },
      ],
      kappa: 0.767,
    },
  ],
};
const mistake: ReportMistake = {
  record: 'test/NORMAL/a&b.jpeg',
  label: 'NORMAL',
  subtype: null,
  probabilities: [{ arm: 'gray', probability: 0.999 }],
  dataUri: 'data:image/png;base64,iVBORw0KGgo=',
};
const input: ReportInput = { ...sampleInput({ epochs: 2 }), behaviour, mistakes: [mistake] };

describe('the sections on behaviour', () => {
  it('are left out of a report that was made without it', () => {
    const page = buildReport(sampleInput({ epochs: 2 }));
    expect(page).not.toContain('id="honesty"');
    expect(page).not.toContain('id="subgroups"');
  });

  it('show calibration with intervals, and a dash where there is none', () => {
    const page = buildReport(input);
    const honesty = page.slice(page.indexOf('id="honesty"'), page.indexOf('id="subgroups"'));
    expect(honesty).toContain('0.70 to 0.90');
    expect(honesty).toContain('−0.50 to 0.00');
    expect(honesty).toMatch(/<td class="number">–<\/td>/);
  });

  it('say what a subgroup of one class is set against, and which cases only one arm got wrong', () => {
    const page = buildReport(input);
    const failures = page.slice(page.indexOf('id="subgroups"'), page.indexOf('id="mistakes"'));
    expect(failures).toContain('against all negatives');
    expect(failures).toContain('0.70');
    expect(failures).toMatch(
      /<td class="number">16<\/td>\s*<td class="number">21<\/td>\s*<td class="number">129<\/td>/,
    );
  });

  it('keep names text, and refuse a picture that would be loaded from elsewhere', () => {
    const page = buildReport(input);
    expect(page).not.toContain('<turbo>');
    expect(page).toContain('test/NORMAL/a&amp;b.jpeg');
    const mistakes = [{ ...mistake, dataUri: 'https://elsewhere.example/a.png' }];
    expect(() => buildReport({ ...input, mistakes })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_REPORT_IMAGE' }),
    );
  });

  it('have a reliability plot and a decision curve for every arm, told in words too', () => {
    const figures = renderFigures(input);
    const names = figures.map(({ name }) => name);
    for (const name of ['reliability-gray', 'reliability--turbo-', 'decision-gray', 'decision--turbo-']) {
      expect(names).toContain(name);
    }
    const plot = figures.find(({ name }) => name === 'reliability-gray')!;
    expect(plot.description).toContain('mean calibration error 0.040');
    expect(plot.svg).toContain('share that has the disease; error 0.040');
  });
});
