import { count, interval, level, metric, missing, percent } from '@chromaray/base';
import type { ArmAgreement, Estimate, StudyBehaviour, SubgroupResult } from '@chromaray/contracts';
import { type Html, html } from '../../kit/html.js';
import type { ReportInput, ReportMistake } from '../report-input.js';
import { embeddedPicture } from './embedded-picture.js';
import { recordName } from './record-name.js';
import { absent, type DataTable, dataTable, Measured, type Section } from './section.js';

/** Subgroups, agreement and the most confident mistakes; nothing where behaviour was not worked out. */
export function failureSections({ behaviour, mistakes = [], dataset, explanation }: ReportInput): readonly Section[] {
  if (behaviour === undefined || behaviour.arms.length === 0) return [];
  const agreement = agreementTable(behaviour.agreement, behaviour.level);
  return [
    {
      id: 'subgroups',
      title: 'Subgroups',
      short: 'Subgroups',
      reading:
        'A group that does worse than the whole is where harm may be done first. Small groups have wide intervals, and among many groups some do badly by chance.',
      ...tableOr(subgroupTable(behaviour), 'The data set names no subgroups.'),
    },
    ...(agreement === null
      ? []
      : [
          {
            id: 'agreement',
            title: 'Where arm and control differ',
            short: 'Agreement',
            reading:
              'Arms with the same AUROC may still err on different X-rays. Where each errs alone, their networks see different things; where both err, look at the X-ray and its label.',
            ...tableOr(agreement, ''),
          },
        ]),
    {
      id: 'mistakes',
      title: "The control's most confident mistakes",
      short: 'Confident mistakes',
      body: gallery(mistakes, dataset.positive, (explanation?.explanation.arms.length ?? 0) > 0),
    },
  ];
}

function tableOr(shown: DataTable | null, otherwise: string): Pick<Section, 'body' | 'tables'> {
  return shown === null ? { body: absent(otherwise) } : { body: shown.html, tables: [shown.plain] };
}

interface SubgroupRow {
  readonly arm: string;
  readonly group: SubgroupResult;
}

function subgroupTable({ arms, level: shown, folds }: StudyBehaviour): DataTable | null {
  const rows = arms.flatMap(({ arm, subgroups }) => subgroups.map((group): SubgroupRow => ({ arm, group })));
  if (rows.length === 0) return null;
  return dataTable(
    'table-subgroups',
    `Subgroups of the test part; mean over seeds with ${level(shown)} intervals. ${folds === undefined ? 'A group of one class has no AUROC of its own and is set against all records of the other class; accuracy' : 'AUROCs are left out: the X-rays of a group lie in several folds, whose networks are not ranked among each other. Accuracy'} is that of its own records at the study's threshold.`,
    [
      { head: 'Arm', cell: ({ arm }) => arm },
      { head: 'Subgroup', cell: ({ group }) => `${group.by}: ${group.group}`, kind: 'words' },
      { head: 'X-rays', cell: ({ group }) => count(group.records), kind: 'number' },
      { head: 'Patients', cell: ({ group }) => count(group.patients), kind: 'number' },
      ...(folds === undefined
        ? [{ head: 'AUROC', cell: ({ group }: SubgroupRow) => aurocOf(group), kind: 'number' as const }]
        : []),
      { head: 'Accuracy', cell: ({ group }) => lines(group.accuracy, percent), kind: 'number' },
    ],
    rows,
  );
}

function aurocOf({ auroc, against }: SubgroupResult): Measured | string {
  return lines(auroc, metric, against === 'own' ? null : `against ${against}`);
}

function lines(value: Estimate | null, form: (value: number) => string, note: string | null = null): Measured | string {
  if (value === null) return note === null ? missing : new Measured(missing, { note });
  return new Measured(form(value.value), { interval: interval(value.interval, (end) => form(end)), note });
}

function agreementTable(agreement: readonly ArmAgreement[], shown: number): DataTable | null {
  const rows = agreement.flatMap(({ arm, control, perSeed }) => perSeed.map((seed) => ({ arm, control, seed })));
  if (rows.length === 0) return null;
  return dataTable(
    'table-agreement',
    `How far each arm decides as the control does with the same seed, case by case on the test part. Kappa (with its ${level(shown)} interval) is 1 where they always agree and 0 where they agree by chance.`,
    [
      { head: 'Arm', cell: ({ arm, seed }) => `${arm}, seed\u00a0${seed.seed}` },
      { head: 'Decided alike', cell: ({ seed }) => percent(seed.observed), kind: 'number' },
      {
        head: 'Kappa',
        cell: ({ seed }) =>
          lines(
            seed.kappa === null || seed.interval === null ? null : { value: seed.kappa, interval: seed.interval },
            metric,
          ),
        kind: 'number',
      },
      { head: 'Only the arm wrong', cell: ({ seed }) => count(seed.onlyArmWrong), kind: 'number' },
      { head: 'Only the control wrong', cell: ({ seed }) => count(seed.onlyControlWrong), kind: 'number' },
      { head: 'Both wrong', cell: ({ seed }) => count(seed.bothWrong), kind: 'number' },
    ],
    rows,
  );
}

function gallery(mistakes: readonly ReportMistake[], positive: string, withMaps: boolean): Html {
  if (mistakes.length === 0) return html`<p>The control made no mistake that most of its seeds share.</p>`;
  return html`<p>Test records that most of its networks called wrong, the most confident first; behaviour.json lists those of every arm. Look here for wrong labels, lines and tubes, and poor pictures.${
    withMaps ? html` <a href="#maps">Maps</a> show what the most confident answers of every arm rest on.` : null
  }</p>
<figure class="sample"><div class="pictures roomy">${mistakes.map((mistake) => mistakePicture(mistake, positive))}</div></figure>`;
}

function mistakePicture({ record, label, subtype, probabilities, dataUri }: ReportMistake, positive: string): Html {
  const truth = subtype === null ? label : `${label} (${subtype})`;
  const said = probabilities.map(({ arm, probability }) => `${arm}: ${metric(probability)}`).join(', ');
  return html`<div>${
    dataUri === null
      ? null
      : html`<img src="${embeddedPicture(dataUri, `The picture of ${record}`)}" alt="X-ray ${record}, in truth ${truth}">`
  }<span><strong>${truth}</strong><br>${positive} by ${said}<br>${recordName(record, 'test')}</span></div>\n`;
}
