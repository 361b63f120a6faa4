import { count, counted, interval, metric } from '@chromaray/base';
import type { ArmResult, ExternalEvaluation, MetricSummary } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import { type DataTable, dataTable, Measured, type Section } from './section.js';

/** What the frozen models reached on data sets from elsewhere; nothing where they were not evaluated. */
export function travelSection({ external = [], verdict }: ReportInput): readonly Section[] {
  if (external.length === 0) return [];
  const control = verdict.arms.find((arm) => arm.control);
  const tables = external.map((evaluation, i) => externalTable(evaluation, verdict.arms, i));
  return [
    {
      id: 'travel',
      title: 'Whether it holds on other data',
      short: 'Other data',
      reading:
        'The models and thresholds are those of this study, unchanged. A data set from elsewhere is worth most when it is looked at once; every look is counted.',
      body: html`${external.map(
        (evaluation, i) => html`<p>${control === undefined ? null : travelSentence(evaluation, control)}</p>
${tables[i]!.html}
${evaluation.notes.map((note) => html`<p>${note}</p>`)}`,
      )}`,
      tables: tables.map(({ plain }) => plain),
    },
  ];
}

/** One sentence by rule: what becomes of the control's AUROC, and of its threshold. */
export function travelSentence({ dataset, arms, timesEvaluated }: ExternalEvaluation, inside: ArmResult): string {
  const outside = arms.find((arm) => arm.control);
  if (outside === undefined) return '';
  const looked = timesEvaluated === 1 ? 'looked at once' : `looked at ${timesEvaluated} times`;
  const said = `On ${dataset.name} (${counted(dataset.counts.records, 'X-ray')}, ${looked}) the control reaches an AUROC of ${metric(outside.auroc.mean)}, against ${metric(inside.auroc.mean)} on the study's own test part, and at its threshold a sensitivity of ${metric(outside.sensitivity.mean)} and a specificity of ${metric(outside.specificity.mean)}.`;
  const [there, here] = [outside.auroc.interval, inside.auroc.interval];
  if (there === null || here === null) return said;
  if (there[1] < here[0]) return `${said} It ranks worse there: part of what it learned does not hold elsewhere.`;
  if (there[0] > here[1]) return `${said} It ranks better there.`;
  return `${said} The intervals meet: no loss is shown, and none is excluded.`;
}

function externalTable({ dataset, arms }: ExternalEvaluation, inside: readonly ArmResult[], i: number): DataTable {
  return dataTable<ArmResult>(
    `table-other-data-${i + 1}`,
    `The frozen models on ${dataset.name}: ${counted(dataset.counts.records, 'X-ray')}, ${count(dataset.counts.positives)} with ${dataset.positive}. Mean over seeds with intervals for new patients and new seeds. Exploratory.`,
    [
      { head: 'Arm', cell: ({ arm }) => arm },
      {
        head: 'AUROC in the study',
        cell: ({ arm }) => summary(inside.find((one) => one.arm === arm)?.auroc),
        kind: 'number',
      },
      { head: 'AUROC here', cell: ({ auroc }) => summary(auroc), kind: 'number' },
      { head: 'Accuracy', cell: ({ accuracy }) => summary(accuracy), kind: 'number' },
      { head: 'Sensitivity', cell: ({ sensitivity }) => summary(sensitivity), kind: 'number' },
      { head: 'Specificity', cell: ({ specificity }) => summary(specificity), kind: 'number' },
    ],
    arms,
  );
}

function summary(found: MetricSummary | undefined): Measured {
  return new Measured(metric(found?.mean ?? null), { interval: interval(found?.interval ?? null) });
}
