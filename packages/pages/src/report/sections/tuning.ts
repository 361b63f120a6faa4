import { count, counted, listed, metric } from '@chromaray/base';
import { type CandidateResult, settingsText, type TunedArm, type TuningRecord } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import { dataTable, type Section } from './section.js';

interface Row {
  readonly arm: TunedArm;
  readonly result: CandidateResult;
}

/** Which hyperparameters were tried and chosen; nothing for a study that took them as written. */
export function tuningSections({ tuning }: ReportInput): readonly Section[] {
  if (tuning === undefined) return [];
  const settings = new Map(tuning.candidates.map((one) => [one.candidate, settingsText(one.settings)]));
  const table = dataTable<Row>(
    'table-tuning',
    'Every candidate of every arm: the same settings and epochs for all. AUROC and loss are those of the validation part at the epoch whose weights would be tested.',
    [
      { head: 'Arm', cell: ({ arm }) => arm.arm },
      { head: 'Candidate', cell: ({ result }) => result.candidate, kind: 'number' },
      { head: 'Settings', cell: ({ result }) => settings.get(result.candidate) ?? '–', kind: 'words' },
      { head: 'Epochs', cell: ({ result }) => count(result.epochs), kind: 'number' },
      { head: 'Validation AUROC', cell: ({ result }) => metric(result.auroc), kind: 'number' },
      { head: 'Validation loss', cell: ({ result }) => metric(result.loss), kind: 'number' },
      { head: 'State', cell: ({ result }) => result.state, kind: 'words' },
    ],
    tuning.arms.flatMap((arm) => arm.candidates.map((result) => ({ arm, result }))),
  );
  return [
    {
      id: 'tuning',
      title: 'How hyperparameters were chosen',
      short: 'Tuning',
      reading:
        'An arm whose settings are searched longer than another’s wins by the search alone, so every arm had the same candidates and epochs. The validation AUROC of a chosen candidate is the best of several and therefore too high; what counts is measured on the test part.',
      body: html`<p>${tuningWords(tuning)}</p>\n${table.html}`,
      tables: [table.plain],
    },
  ];
}

/** What was spent and found, from the record alone. */
export function tuningWords({ arms, candidates, validation, finishedTrials }: TuningRecord): string {
  const chosen = arms.map(({ arm, chosen: number }) => {
    const { settings = {} } = candidates.find(({ candidate }) => candidate === number) ?? {};
    return `${arm}: ${settingsText(settings)}`;
  });
  const spent = new Set(arms.map(({ epochs }) => epochs));
  const budget =
    spent.size === 1
      ? `${counted([...spent][0]!, 'epoch')} an arm`
      : `${listed(arms.map(({ arm, epochs }) => `${arm} ${counted(epochs, 'epoch')}`))} (what was allowed is the same; trials that stopped early, failed or began a stage anew spent another number)`;
  const anew = arms.filter(({ continued }) => !continued).map(({ arm }) => arm);
  return [
    `${counted(candidates.length, 'candidate')} for each arm, ranked on ${counted(validation.records, 'validation X-ray')}: ${budget}.`,
    `Chosen: ${chosen.join('; ')}.`,
    ...(anew.length === 0
      ? []
      : [
          `Stages of ${listed(anew)} found no checkpoint and were trained again from their start, to the same numbers.`,
        ]),
    finishedTrials === 0
      ? 'The choices were made before any trial was tested.'
      : `The choices were made when ${counted(finishedTrials, 'trial')} had been tested already: results could be known.`,
  ].join(' ');
}
