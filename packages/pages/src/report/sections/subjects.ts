import { count, counted, percent } from '@chromaray/base';
import { type Part, parts } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import { dataTable, type Section, terms } from './section.js';

const methods: Readonly<Record<ReportInput['split']['method'], string>> = {
  patient: 'by patient: all X-rays of a patient lie in one part, and the classes are spread alike over the parts',
  provided: 'as the data set provides it',
  sklearn: "by X-ray, as scikit-learn's train_test_split shuffles them: patients may lie in several parts",
};

const purposes: Readonly<Record<Part, string>> = {
  train: 'learned from',
  validation: 'chose epoch and threshold',
  test: 'measured once, at the end',
};

/** Who was compared: data set, parts, patients, balance. */
export function subjectsSection({ verdict, dataset, split, balance }: ReportInput): Section {
  const people =
    dataset.patients === null
      ? 'unknown: X-rays of one patient may lie in several parts, which flatters every arm'
      : `${count(dataset.patients)}${dataset.patientRule === null ? '' : ` (${dataset.patientRule.description})`}`;
  const counts = dataTable<Part>(
    'table-parts',
    `The parts of the split. The share of ${dataset.positive} in the whole data set is ${percent(split.imbalance.prevalence)}.`,
    [
      { head: 'Part', cell: (part) => part },
      { head: 'Used for', cell: (part) => purposes[part], kind: 'words' },
      { head: 'Records', cell: (part) => count(verdict.counts[part].records), kind: 'number' },
      {
        head: 'Patients',
        cell: (part) => (verdict.counts[part].patients === null ? 'unknown' : count(verdict.counts[part].patients)),
        kind: 'number',
      },
      { head: dataset.positive, cell: (part) => count(verdict.counts[part].positives), kind: 'number' },
      { head: dataset.negative, cell: (part) => count(verdict.counts[part].negatives), kind: 'number' },
      {
        head: `${dataset.positive} share`,
        cell: (part) => percent(split.imbalance.prevalenceByPart[part]),
        kind: 'number',
      },
    ],
    parts,
  );
  return {
    id: 'subjects',
    title: 'Data set, patients and parts',
    short: 'Data and split',
    body: html`${terms([
      [
        'Data set',
        html`${dataset.name}, layout ${dataset.layout}: ${counted(dataset.records, 'readable X-ray')}, classes ${dataset.positive} (positive) and ${dataset.negative}`,
      ],
      ['Patients', people],
      ['Split', `${methods[split.method]}; seed ${split.seed}`],
      ['Balance', balance],
      ['Content hash', html`<code class="hash">${dataset.hash}</code>`],
    ])}
${split.notes.length === 0 ? null : html`<ul>${split.notes.map((note) => html`<li>${note}</li>`)}</ul>`}
${counts.html}`,
    tables: [counts.plain],
  };
}
