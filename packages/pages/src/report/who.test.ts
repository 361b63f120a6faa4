import { describe, expect, it } from 'vitest';
import { filledChecklists } from './checklists/index.js';
import { flowFigure } from './figures/flow.js';
import { methodsParagraphs } from './methods-text.js';
import { drawFigures } from './render-figures.js';
import { sampleInput } from './report.test-support.js';
import type { ReportInput } from './report-input.js';
import { whoSection } from './sections/who.js';

const input = sampleInput({ seeds: [1, 2], epochs: 2 });
const methods = (one: ReportInput): string => methodsParagraphs(one).join(' ');
const item = (one: ReportInput, list: string, number: string) =>
  filledChecklists(one)
    .find(({ checklist }) => checklist.id === list)!
    .items.find((candidate) => candidate.item === number)!;

describe('what computed the networks', () => {
  const computed = (profile: (arm: number, seed: number) => string | null): string =>
    methods({
      ...input,
      arms: input.arms.map((arm, i) => ({
        ...arm,
        trials: arm.trials.map((trial) => ({ ...trial, state: 'finished', profile: profile(i, trial.seed) })),
      })),
    });

  it('is said by what was recorded: nothing, one profile, or several that arm and control share or not', () => {
    expect(computed(() => null)).not.toContain('profile');
    expect(computed(() => 'onnxruntime 1.27')).toContain('computed with one execution profile: onnxruntime 1.27.');
    expect(computed((_, seed) => `machine ${seed}`)).toContain('Every arm shares that of its control');
    expect(computed((arm) => `machine ${arm}`)).toMatch(/In \d+ of \d+ comparisons? of an arm with its control/);
  });
});

describe('the flow of X-rays', () => {
  it('goes from what was found to the parts, with what was left out and why', () => {
    const words = flowFigure(input).figures[0]!.description;
    expect(words).toContain('5,869 X-rays found');
    expect(words).toContain('13 left out, 1: could not be read, 12: the view is LL');
    expect(words).toContain('5,856 X-rays used, 3,290 patients');
    expect(words).toContain('Test, 624 X-rays, 414 patients, 390 PNEUMONIA, 234 NORMAL');
  });

  it('says that none was left out, and that patients are unknown, where that is so', () => {
    const dataset = { ...input.dataset, unreadable: [], patients: null };
    const words = flowFigure({ ...input, dataset, subjects: { ...input.subjects!, leftOut: [] } }).figures[0]!
      .description;
    expect(words).toContain('5,856 X-rays found. None left out.');
    expect(words).toContain('patients unknown');
  });

  it('is not drawn where it is not known who was studied', () => {
    const { subjects: _, ...without } = input;
    expect(flowFigure(without).figures).toEqual([]);
    expect(whoSection(without, drawFigures(without))).toEqual([]);
  });
});

describe('Table 1', () => {
  const [section] = whoSection(input, drawFigures(input));
  const [table] = section!.tables!;

  it('has a column for each part and class, whose groups add up to it', () => {
    expect(table!.columns.map(({ head }) => head)).toEqual([
      'Characteristic',
      'training, PNEUMONIA',
      'training, NORMAL',
      'validation, PNEUMONIA',
      'validation, NORMAL',
      'test, PNEUMONIA',
      'test, NORMAL',
    ]);
    const number = (name: string, column: number) =>
      Number.parseInt(String(table!.rows.find(([head]) => head === name)![column]).replace(',', ''), 10);
    for (const column of [1, 2, 3, 4, 5, 6]) {
      expect(number('Sex: female', column) + number('Sex: male', column)).toBe(number('X-rays', column));
    }
  });

  it('says what the data set does not tell, and nothing where it tells all', () => {
    expect(table!.caption).toContain('The data set does not say: view, device and site.');
    const whole = { ...input, subjects: { ...input.subjects!, unknown: [] } };
    expect(whoSection(whole, drawFigures(whole))[0]!.tables![0]!.caption).not.toContain('does not say');
  });
});

describe('checklists', () => {
  it('leave age and sex to the author only where the data set does not tell them', () => {
    expect(item(input, 'claim', '36')).toMatchObject({ state: 'reported', author: '' });
    expect(item(input, 'tripod-ai', '20b')).toMatchObject({ state: 'reported', author: '' });
    const without = { ...input, subjects: { ...input.subjects!, attributes: [], unknown: ['age', 'sex'] } };
    expect(item(without, 'claim', '36')).toMatchObject({ state: 'in part', author: 'Age and sex by part.' });
    expect(item(without, 'claim', '36').answer).not.toContain('Table 1');
  });

  it('name devices and sites where they are known', () => {
    const groups = [{ group: 'GE Optima', records: [1, 1, 1, 1, 1, 1] }];
    const attributes = [
      { by: 'device', groups },
      { by: 'site', groups: [{ group: 'Guangzhou', records: [1, 1, 1, 1, 1, 1] }] },
    ];
    const known = { ...input, subjects: { ...input.subjects!, attributes } };
    expect(item(known, 'claim', '13').answer).toBe('Devices: GE Optima.');
    expect(item(known, 'metrics', '4')).toMatchObject({ state: 'reported', answer: 'Sites: Guangzhou.' });
    expect(item(input, 'claim', '13')).toMatchObject({ state: 'for the author' });
    expect(item(input, 'metrics', '4')).toMatchObject({ state: 'for the author' });
  });
});

describe('the methods text', () => {
  it('says what was used, left out, split and compared', () => {
    const text = methods(input);
    expect(text).toContain('5,856 chest X-rays of 3,290 patients');
    expect(text).toContain('Left out were 1 file that could not be read and 12 X-rays (the view is LL).');
    expect(text).toContain('test (624 X-rays of 414 patients, 390 PNEUMONIA)');
    expect(text).toContain("Holm's correction over 5 comparisons");
    expect(text).toContain('2 random seeds (1 and 2)');
  });

  it('claims no declaration, correction, patients or exclusion that there was not', () => {
    const text = methods({
      ...input,
      registration: null,
      dataset: { ...input.dataset, patients: null, unreadable: [] },
      subjects: { ...input.subjects!, leftOut: [] },
      split: { ...input.split, method: 'sklearn' },
      verdict: { ...input.verdict, endpoint: { ...input.verdict.endpoint, correction: 'none' } },
    });
    expect(text).toContain('were not registered before training');
    expect(text).not.toContain('Holm');
    expect(text).toContain('an unknown number of patients');
    expect(text).toContain('a patient may be in several parts');
    expect(text).toContain('No file was left out.');
    expect(methods({ ...input, split: { ...input.split, method: 'patient' } })).toContain('no patient is in two parts');
  });
});
