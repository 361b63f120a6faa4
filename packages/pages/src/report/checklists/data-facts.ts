import { count, counted, listed, metric, percent } from '@chromaray/base';
import { parts } from '@chromaray/contracts';
import { classNames } from '../class-names.js';
import { balanceText } from '../other-trainings.js';
import type { ReportInput } from '../report-input.js';
import { unknownSentence } from '../unknown-sentence.js';
import { fact } from './fact.js';

/** What is known of the data set, its parts, and what was left out of them. */
export function data(input: ReportInput) {
  const { dataset, split, verdict, audit, methods } = input;
  const balance = balanceText(input);
  const classes = classNames(input);
  const { unreadable, records, patients } = dataset;
  const { folds, counts: ofParts } = verdict;
  // With folds the test part is what all finished folds tested, and holds what other folds learned from.
  const used = folds === undefined ? parts.reduce((sum, part) => sum + ofParts[part].records, 0) : ofParts.test.records;
  const people = patients === null ? 'patients unknown' : counted(patients, 'patient');
  const leftOut =
    unreadable.length === 0
      ? 'No file was unreadable.'
      : `${counted(unreadable.length, 'file')} could not be read and ${unreadable.length === 1 ? 'was' : 'were'} left out.`;
  const perPart = parts
    .map((part) => {
      const { records: n, patients: who, positives } = verdict.counts[part];
      return `${folds === undefined ? part : part === 'test' ? 'test of all finished folds' : `${part} of the first fold`} ${counted(n, 'X-ray')}${who === null ? '' : ` of ${counted(who, 'patient')}`}, ${count(positives)} ${dataset.positive}`;
    })
    .join('; ');
  const disjoint = {
    patient:
      patients === null ? null : `By patient: no patient is in two parts${folds === undefined ? '' : ' of a fold'}.`,
    provided: patients === null ? null : 'As the data set provides; the audit looked for patients in two parts.',
    sklearn: 'By X-ray: a patient may be in several parts.',
  }[split.method];
  return {
    data: fact(
      `${dataset.name}: ${counted(records, 'readable X-ray')}, ${people}; content hash ${dataset.hash.slice(0, 12)}.`,
      'subjects',
    ),
    exclusions: fact(leftOut, 'audit'),
    subsets: fact(
      used === records
        ? 'All readable X-rays were used.'
        : `${count(used)} of ${count(records)} readable X-rays were ${folds === undefined ? 'used' : 'tested so far'}.`,
      'subjects',
    ),
    preprocessing: fact(`${preparation(methods)} ${balance}`, 'cost'),
    deidentified:
      dataset.layout === 'dicom'
        ? fact('Patient identifiers of DICOM files are kept as salted hashes only.', 'subjects')
        : null,
    missing: fact(`${leftOut} Every record has a label; there are no other inputs that could be missing.`, 'audit'),
    quality: fact(
      `The audit made ${counted(audit.checks.length, 'check')} of files, copies, labels and parts before training.`,
      'audit',
    ),
    labels: fact(
      `The labels of the data set were ${methods?.noise === undefined ? 'taken as they are' : 'taken as they are for validation and test'}: ${classes === null ? `${dataset.positive} (positive) and ${dataset.negative}` : listed(classes)}.${methods?.noise === undefined ? '' : ` ${methods.noise}`}`,
      'subjects',
    ),
    assignment: fact(`Method ${split.method}, seed ${split.seed}: ${perPart}.`, 'subjects'),
    disjoint: disjoint === null ? null : fact(disjoint, 'subjects'),
    leakage: fact(
      verdict.risksAccepted.length === 0
        ? 'The audit looked for copies, near copies and patients across parts before training; nothing that blocks a study was found.'
        : `Risks accepted: ${listed(verdict.risksAccepted)}.`,
      'audit',
    ),
    counts: fact(`${leftOut} In the parts: ${perPart}.`, 'subjects'),
    balance: fact(
      `${balance} ${dataset.positive} makes up ${percent(split.imbalance.prevalence)} of the data.`,
      'subjects',
    ),
    sampleSize: fact(
      `${counted(verdict.counts.test.records, 'test X-ray')}.${verdict.smallestDetectable === null ? '' : ` Minimum detectable difference at 80 % power: ${metric(verdict.smallestDetectable)}.`}`,
      'comparison',
    ),
  };
}

function preparation(methods: ReportInput['methods']): string {
  if (methods?.preparation !== undefined) return methods.preparation;
  const size = methods?.imageSize;
  return `Decoded to gray${size === undefined ? '' : `, resized to ${size} x ${size} pixels`}; each arm then changes the pixels as its description says.`;
}

/** Who was studied; an attribute is a fact of its own, so that what a data set does not tell stays the author's. */
export function who({ subjects }: ReportInput) {
  if (subjects === undefined) return { flow: null, characteristics: null, ageAndSex: null, device: null, sites: null };
  const groups = new Map(subjects.attributes.map(({ by, groups: of }) => [by, of.map(({ group }) => group)]));
  const told = [...groups.keys()];
  const [devices, sites] = ['device', 'site'].map((by) => groups.get(by) ?? []);
  return {
    flow: fact(
      'The flow figure goes from the X-rays that were found to those of each part, with what was left out.',
      'who',
    ),
    characteristics:
      told.length === 0
        ? null
        : fact(`Table 1 gives ${listed(told)} by part and class. ${unknownSentence(subjects)}`.trim(), 'who'),
    ageAndSex: groups.has('age') && groups.has('sex') ? fact('Age and sex are in Table 1.', 'who') : null,
    device:
      devices!.length === 0 && !groups.has('view')
        ? null
        : fact(
            [
              ...(devices!.length === 0 ? [] : [`Devices: ${listed(devices!)}.`]),
              ...(groups.has('view') ? [`Views: ${listed(groups.get('view')!)}.`] : []),
            ].join(' '),
            'who',
          ),
    sites: sites!.length === 0 ? null : fact(`Sites: ${listed(sites!)}.`, 'who'),
  };
}
