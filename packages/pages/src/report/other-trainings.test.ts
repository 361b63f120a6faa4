import { describe, expect, it } from 'vitest';
import { html } from '../kit/html.js';
import { studyFacts } from './checklists/facts.js';
import { methodsParagraphs } from './methods-text.js';
import { compared } from './questions/compared.js';
import { trained } from './questions/trained.js';
import { drawFigures } from './render-figures.js';
import { sampleInput } from './report.test-support.js';
import type { ReportInput } from './report-input.js';
import { limitsSection } from './sections/limits.js';
import { subjectsSection } from './sections/subjects.js';

const sample = sampleInput({ seeds: [1, 2], epochs: 4, arms: { gray: 2.4, turbo: 2.3 } });
const plain: ReportInput = { ...sample, split: { ...sample.split, method: 'patient' } };
const { verdict, dataset } = plain;

/** As `conclude` makes it: the test part is what all folds tested, so that the parts sum to more than there is. */
function withFolds(sites: readonly string[] | null = null): ReportInput {
  const test = { records: 5856, patients: 3290, positives: 4265, negatives: 1591 };
  return {
    ...plain,
    balance: 'Each class of the training part is raised to 60 pictures.',
    verdict: { ...verdict, counts: { ...verdict.counts, test }, folds: { asked: 3, finished: 3, sites } },
  };
}

function withRepeats(): ReportInput {
  const acrossSplits = { asked: 2, differences: [0.01, 0.02], notLearned: 0, result: null, statement: '' };
  return { ...plain, verdict: { ...verdict, comparisons: verdict.comparisons.map((c) => ({ ...c, acrossSplits })) } };
}

const answer = (input: ReportInput, ask: typeof trained): string =>
  html`${ask(input, drawFigures(input)).answer}`.markup;
const facts = (input: ReportInput): string =>
  Object.values(studyFacts(input))
    .map((fact) => fact?.text ?? '')
    .join('\n');
const body = (section: { body: unknown }): string => html`${section.body as string}`.markup;

describe('a report of a study that trains on other folds or splits too', () => {
  it('says of no X-ray that no network learned from it where other folds do', () => {
    expect(answer(plain, compared)).toContain('624 X-rays that no network of this split learned from');
    expect(answer(withFolds(), compared)).not.toContain('no network');
    expect(answer(withFolds(), compared)).toContain(
      '5,856 X-rays, each tested by networks that learned from other folds',
    );
  });

  it('does not add up parts that overlap, and names what each number is of', () => {
    const said = facts(withFolds());
    expect(said).not.toMatch(/[\d,]+ of 5,856 readable X-rays were used/);
    expect(said).toContain('All readable X-rays were used.');
    expect(said).toContain('train of the first fold 4,099 X-rays');
    expect(said).toContain('test of all finished folds 5,856 X-rays');
    expect(said).toContain('2 networks an arm in each of 3 folds');
    expect(said).toContain('raised to 60 pictures. These numbers are those of the first fold.');
    expect(methodsParagraphs(withFolds()).join(' ')).toContain('together: 5,856 X-rays of 3,290 patients');
  });

  it('gives the share of a class in what was tested, not in the first fold', () => {
    const page = body(subjectsSection(withFolds()));
    expect(page).toContain('72.8\u00a0%');
    expect(page).not.toContain('62.5\u00a0%');
    expect(page).toContain('test, all folds');
    expect(body(subjectsSection(plain))).toContain('62.5\u00a0%');
  });

  it('counts the trials that it lists as those of the first alone, and says where the others are', () => {
    for (const [input, of] of [
      [withFolds(), 'fold'],
      [withRepeats(), 'split'],
    ] as const) {
      expect(answer(input, trained)).toContain(`All 4 trials of the first ${of} finished`);
      expect(facts(input)).toContain(`Every trained network of the first ${of} is in the folder models`);
      expect(facts(input)).toMatch(new RegExp(`Those of the other \\d ${of}s? are in the folder splits`));
    }
    expect(answer(plain, trained)).toContain('All 4 trials finished');
  });

  it('says of other hospitals what folds by site do say', () => {
    expect(body(limitsSection(plain))).toContain('how the networks do in another hospital');
    expect(body(limitsSection(withFolds(['A', 'B', 'C'])))).toContain('Each of 3 sites was tested by networks');
    expect(body(limitsSection(withFolds(['A', 'B', 'C'])))).not.toContain('another hospital');
  });
});

describe('sentences about training and limits', () => {
  it('say that more epochs might have helped only where the loss was lowest at the end, whatever was tested', () => {
    const losses = (values: readonly number[]): ReportInput => ({
      ...plain,
      arms: plain.arms.map((arm) => ({
        ...arm,
        trials: arm.trials.map((trial) => ({
          ...trial,
          selectedEpoch: 4,
          epochs: trial.epochs.map((epoch, i) => ({ ...epoch, validationLoss: values[i]! })),
        })),
      })),
    });
    expect(answer(losses([0.4, 0.3, 0.5, 0.6]), trained)).not.toContain('more epochs');
    expect(answer(losses([0.6, 0.5, 0.4, 0.3]), trained)).toContain(
      'All of them had their lowest validation loss in the last epoch: more epochs might have helped.',
    );
  });

  it('speak of colour only where arms differ in it, and of labels as they were', () => {
    const differing = [{ kind: 'training', key: 'training.epochs', values: [1, 2] }] as const;
    expect(body(limitsSection({ ...plain, differing }))).not.toContain('colour');
    expect(body(limitsSection(plain))).toContain('A colour map adds no information');
    const noise = 'Labels of the training part were turned on purpose for 10 % of each class, chosen by seed 1.';
    const flipped = { ...plain, methods: { ...plain.methods!, noise } };
    expect(body(limitsSection(flipped))).toContain('Some of the training part are turned on purpose');
  });

  it('do not say that patients lie apart where nobody knows them', () => {
    const unknown = {
      ...plain,
      dataset: { ...dataset, patients: null },
      split: { ...plain.split, method: 'patient' },
    } as const;
    const said = `${answer(unknown, compared)} ${facts(unknown)} ${methodsParagraphs(unknown).join(' ')} ${body(subjectsSection(unknown))}`;
    expect(said).not.toMatch(/no patient is in (two|both)/i);
    expect(said).not.toContain('all X-rays of a patient lie in one part');
  });
});
