import { count, interval, level, metric, missing, percent } from '@chromaray/base';
import type { ArmResult, ClassResults, MetricSummary, ShortcutBaseline } from '@chromaray/contracts';
import { type HtmlContent, html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import { type Column, dataTable, Measured, type Section } from './section.js';

interface Row {
  readonly arm: ArmResult;
  readonly classes: ClassResults;
}

type PerClass = ClassResults['perClass'][number];

/** How each arm tells several classes apart; none in a study of two. */
export function classesSections({ verdict, dataset, behaviour }: ReportInput): readonly Section[] {
  const rows = verdict.arms.flatMap((arm): readonly Row[] =>
    arm.classes === undefined ? [] : [{ arm, classes: arm.classes }],
  );
  const [first] = rows;
  if (first === undefined) return [];
  const share = level(1 - verdict.endpoint.alpha);
  const names = first.classes.perClass.map((one) => one.class);
  const overall = dataTable<Row>(
    'table-classes',
    `Each X-ray of the test part is called by its most probable class. Mean over seeds \u00b1 standard deviation between seeds; below it the ${share} interval for new patients and new seeds. Kappa is Cohen's, between what X-rays are and what they are called: 0 is chance, 1 full agreement.`,
    [
      armColumn,
      measured('Accuracy', ({ classes }) => classes.accuracy),
      measured('Kappa', ({ classes }) => classes.kappa),
    ],
    rows,
  );
  const each = dataTable<Row & { readonly one: PerClass }>(
    'table-each-class',
    'Each class by itself: the AUROC of its probability against all other classes together, and the share of its X-rays that are called it.',
    [
      armColumn,
      { head: 'Class', cell: ({ one }) => one.class },
      { head: 'X-rays', cell: ({ one }) => count(one.records), kind: 'number' },
      measured('AUROC against the rest', ({ one }) => one.auroc),
      measured('Sensitivity', ({ one }) => one.sensitivity),
    ],
    rows.flatMap((row) => row.classes.perClass.map((one) => ({ ...row, one }))),
  );
  const matrices = dataTable<Row & { readonly is: number }>(
    'table-confusion',
    'What X-rays are (rows) and what they are called (columns): mean over seeds, and the share of the row.',
    [
      armColumn,
      { head: 'Is', cell: ({ is }) => names[is]! },
      ...names.map(
        (name, called): Column<Row & { readonly is: number }> => ({
          head: `Called ${name}`,
          cell: ({ classes, is }) => cell(classes, is, called),
          kind: 'number',
        }),
      ),
    ],
    rows.flatMap((row) => names.map((_, is) => ({ ...row, is }))),
    { sortable: false },
  );
  return [
    {
      id: 'classes',
      title: 'How the classes are told apart',
      short: 'Classes',
      reading: `${dataset.negative} is the reference. Whatever in this report has two sides only (sensitivity and specificity of an arm, its AUROC beside the endpoint, ROC curve, calibration, thresholds, cases) sets ${dataset.negative} against ${dataset.positive} together, at a threshold chosen on the validation part.`,
      body: html`${overall.html}${baselineSentence(behaviour?.shortcuts)}${each.html}${matrices.html}`,
      tables: [overall.plain, each.plain, matrices.plain],
    },
  ];
}

/** What needs no network: the baseline for every macro AUROC. */
function baselineSentence(shortcuts: readonly ShortcutBaseline[] = []): HtmlContent {
  const macro = shortcuts.find(({ view }) => view === 'thumbnail')?.macro;
  if (macro === undefined) return null;
  return html`<p>A linear classifier that sees 16 by 16 pixels reaches a macro AUROC of ${metric(macro.auroc)} (95 % interval ${interval(macro.interval)}) on the same X-rays: the baseline for every network.</p>`;
}

const armColumn: Column<Row> = { head: 'Arm', cell: ({ arm }) => arm.arm };

function measured<Of extends Row>(head: string, of: (row: Of) => MetricSummary | null): Column<Of> {
  return {
    head,
    cell: (row) => {
      const found = of(row);
      if (found === null) return missing;
      const { mean, sd, interval: ends } = found;
      return new Measured(metric(mean), { spread: sd === null ? null : metric(sd), interval: interval(ends) });
    },
    kind: 'number',
  };
}

function cell({ confusion }: ClassResults, is: number, called: number): Measured {
  const counts = confusion.map((matrix) => matrix[is]![called]!);
  const mean = counts.reduce((sum, one) => sum + one, 0) / counts.length;
  const all = confusion[0]![is]!.reduce((sum, one) => sum + one, 0);
  return new Measured(Number.isInteger(mean) ? count(mean) : mean.toFixed(1), { note: percent(mean / all) });
}
