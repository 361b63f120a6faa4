import { count, counted, listed, percent } from '@chromaray/base';
import { type Part, parts } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import { classNames } from '../class-names.js';
import { balanceText } from '../other-trainings.js';
import type { ReportInput } from '../report-input.js';
import { dataTable, type Section, terms } from './section.js';

const methods: Readonly<Record<ReportInput['split']['method'], string>> = {
  patient: 'by patient: all X-rays of a patient lie in one part, and the classes are spread alike over the parts',
  provided: 'as the data set provides it',
  sklearn: "by X-ray, as scikit-learn's train_test_split shuffles them: patients may lie in several parts",
};

/** Null for a part without records. */
function share({ positives, records }: { readonly positives: number; readonly records: number }): number | null {
  return records === 0 ? null : positives / records;
}

const purposes: Readonly<Record<Part, string>> = {
  train: 'learned from',
  validation: 'chose epoch and threshold',
  test: 'measured once, at the end',
};

/** Who was compared: data set, parts, patients, balance. */
export function subjectsSection(input: ReportInput): Section {
  const { verdict, dataset, split } = input;
  const { counts: ofParts, folds } = verdict;
  const people =
    dataset.patients === null
      ? 'unknown: X-rays of one patient may lie in several parts, which flatters every arm'
      : `${count(dataset.patients)}${dataset.patientRule === null ? '' : ` (${dataset.patientRule.description})`}`;
  const counts = dataTable<Part>(
    'table-parts',
    `${folds === undefined ? 'The parts of the split.' : 'Training and validation part of the first fold, and what all finished folds tested together.'} The share of ${dataset.positive} in the whole data set is ${percent(split.imbalance.prevalence)}.`,
    [
      {
        head: 'Part',
        cell: (part) => (folds === undefined ? part : `${part}, ${part === 'test' ? 'all folds' : 'first fold'}`),
      },
      { head: 'Used for', cell: (part) => purposes[part], kind: 'words' },
      { head: 'Records', cell: (part) => count(ofParts[part].records), kind: 'number' },
      {
        head: 'Patients',
        cell: (part) => (ofParts[part].patients === null ? 'unknown' : count(ofParts[part].patients)),
        kind: 'number',
      },
      { head: dataset.positive, cell: (part) => count(ofParts[part].positives), kind: 'number' },
      { head: dataset.negative, cell: (part) => count(ofParts[part].negatives), kind: 'number' },
      {
        head: `${dataset.positive} share`,
        cell: (part) => percent(share(ofParts[part])),
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
        html`${dataset.name}, layout ${dataset.layout}: ${counted(dataset.records, 'readable X-ray')}, classes ${classNames(input) === null ? `${dataset.positive} (positive) and ${dataset.negative}` : listed(classNames(input)!)}`,
      ],
      ['Patients', people],
      [
        'Split',
        `${split.method === 'patient' && dataset.patients === null ? 'at random by X-ray, because patients are unknown; the classes are spread alike over the parts' : methods[split.method]}; seed ${split.seed}`,
      ],
      ['Balance', balanceText(input)],
      ['Content hash', html`<code class="hash">${dataset.hash}</code>`],
    ])}
${split.notes.length === 0 ? null : html`<ul>${split.notes.map((note) => html`<li>${folds === undefined ? null : 'First fold: '}${note}</li>`)}</ul>`}
${counts.html}`,
    tables: [counts.plain],
  };
}
