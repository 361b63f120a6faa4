import type { ArmResult } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { html } from '../kit/html.js';
import { studyFacts } from './checklists/facts.js';
import { methodsParagraphs } from './methods-text.js';
import { artefact } from './questions/artefact.js';
import { drawFigures } from './render-figures.js';
import { sampleInput } from './report.test-support.js';
import type { ReportInput } from './report-input.js';
import { differingSections } from './sections/differing.js';

const plain = sampleInput({ seeds: [1, 2], epochs: 2, arms: { gray: 2.4, turbo: 2.3 } });

function withClasses(): ReportInput {
  const one = (name: string, records: number) => ({ class: name, records });
  const classes = { perClass: [one('NORMAL', 234), one('BACTERIA', 242), one('VIRUS', 148)] };
  const arms = plain.verdict.arms.map((arm) => ({ ...arm, classes: classes as unknown as ArmResult['classes'] }));
  const dataset = { ...plain.dataset, positive: 'BACTERIA + VIRUS', negative: 'NORMAL' };
  return { ...plain, dataset, verdict: { ...plain.verdict, arms } as ReportInput['verdict'] };
}

const facts = (input: ReportInput): string =>
  Object.values(studyFacts(input))
    .map((fact) => fact?.text ?? '')
    .join('\n');
const methods = (input: ReportInput): string => methodsParagraphs(input).join(' ');

describe('checklists and methods of a study of three classes', () => {
  it('do not speak of two classes, of one probability, or of a bootstrap that was not made', () => {
    const said = `${facts(withClasses())} ${methods(withClasses())}`;
    for (const text of [
      'into two classes',
      'probability of the positive class',
      'ootstrap',
      '(positive)',
      ' for BACTERIA',
    ])
      expect(said).not.toContain(text);
    expect(said).toContain('classify chest X-rays into 3 classes');
    expect(said).toContain('labelled NORMAL, BACTERIA or VIRUS');
    expect(said).toContain('Each X-ray was called by its most probable class.');
    expect(said).toContain('always says BACTERIA would be right in 38.8');
    for (const text of ['into two classes', 'probability of the positive class', 'bootstrap of 2,000'])
      expect(facts(plain)).toContain(text);
  });
});

describe('checklists and methods', () => {
  it('do not claim patients that nobody knows, in statistics and audit', () => {
    const unknown: ReportInput = { ...plain, dataset: { ...plain.dataset, patients: null } };
    const answer = html`${artefact(unknown, drawFigures(unknown)).answer}`.markup;
    const said = `${facts(unknown)} ${methods(unknown)}`;
    for (const text of [
      'Paired over patients',
      'account for patients',
      'clustered by patient',
      'resamples of patients',
    ])
      expect(said).not.toContain(text);
    expect(answer).toContain('no leakage through copies between the parts (patients are unknown)');
    expect(methods(plain)).toContain('account for patients and for seeds');
  });

  it('do not claim that one seed accounts for seeds', () => {
    const one = sampleInput({ seeds: [1], epochs: 2, arms: { gray: 2.4, turbo: 2.3 } });
    expect(methods(one)).toContain('account for patients alone, since one seed cannot show');
    expect(methods(one)).not.toContain('and seeds is given');
  });

  it('do not say that all else is alike where hyperparameters were searched arm by arm', () => {
    const tuning = { ...plain, methods: { ...plain.methods!, tuning: 'Hyperparameters were chosen for each arm.' } };
    expect(methods(tuning)).toContain('all else but the hyperparameters that were searched was kept alike');
    expect(methods(plain)).toContain('; all else was kept alike');
    const differing = [{ kind: 'colour', key: 'colour', values: ['none', 'turbo'] }] as const;
    const table = (input: ReportInput) => html`${differingSections(input).map(({ body }) => body)}`.markup;
    const searched = { ...plain, differing, tuning: {} as NonNullable<ReportInput['tuning']> };
    expect(table(searched)).toContain('but what the search for hyperparameters chose');
    expect(table({ ...plain, differing })).toContain('Everything else is equal in all arms');
  });
});
