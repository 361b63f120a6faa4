import { count, differenceInterval, interval, level, metric, signed } from '@chromaray/base';
import type { ShortcutComparison, ViewName } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import type { Reach } from '../figures/shortcut-chart.js';
import { intervalsOver, testedUnits } from '../intervals-over.js';
import type { ReportFigures } from '../render-figures.js';
import type { ReportInput } from '../report-input.js';
import { dataTable, folded, Measured, panels, type Section } from './section.js';

const views: Readonly<Record<ViewName, string>> = {
  metadata: 'how the file was written',
  border: 'the outer sixteenth of the picture',
  thumbnail: 'the picture at 16 × 16 pixels',
};

interface Row {
  readonly view?: ViewName;
  readonly who: string;
  readonly auroc: number;
  readonly interval: readonly [number, number] | null;
  readonly tested: number;
}

/** Shortcuts and networks, each with how far it comes; no rows where no shortcut was measured. */
export function reaches(input: ReportInput): { readonly rows: readonly (Row & Reach)[]; readonly where: string } {
  const measured = baselines(input);
  if (measured === undefined || measured.rows.length === 0) return { rows: [], where: '' };
  const { verdict } = input;
  const networks = verdict.arms.map(({ arm, auroc }) => ({
    who: `networks of ${arm}`,
    auroc: auroc.mean,
    interval: auroc.interval,
    tested: verdict.counts.test.records,
    network: true,
  }));
  return { rows: [...measured.rows.map((row) => ({ ...row, network: false })), ...networks], where: measured.where };
}

/** How well the label is told by who sees too little to read an X-ray, beside the networks. */
export function shortcutsSection(input: ReportInput, figures: ReportFigures): readonly Section[] {
  const { rows, where } = reaches(input);
  if (rows.length === 0) return [];
  const shown = dataTable<Row>(
    'table-shortcuts',
    `AUROC of linear classifiers that saw too little to read an X-ray, and of the networks, with ${level(0.95)} intervals over ${testedUnits(input.dataset)} (the networks': over ${intervalsOver(input)}, at the study's level). ${where}`,
    [
      { head: 'What the classifier saw', cell: ({ who }) => who, kind: 'words' },
      {
        head: 'AUROC',
        cell: (row) => new Measured(metric(row.auroc), { interval: interval(row.interval) }),
        kind: 'number',
      },
      { head: 'X-rays', cell: ({ tested }) => count(tested), kind: 'number' },
    ],
    rows,
  );
  return [
    {
      id: 'shortcuts',
      title: 'What a classifier reaches without reading the X-ray',
      short: 'Shortcuts',
      reading:
        'Whatever a classifier reaches that cannot read an X-ray, a network may reach in the same way; only what lies above it speaks for reading (Zech 2018, DeGrave 2021).',
      body: html`<p>${shortcutSentence(input)}</p>
${panels(figures.shortcuts)}
${folded('The same as numbers', shown.html)}`,
      tables: [shown.plain],
    },
  ];
}

/** One sentence by rule from the strongest shortcut and the control; nothing where either is missing. */
export function shortcutSentence(input: ReportInput): string {
  const control = input.verdict.arms.find((arm) => arm.control);
  const strongest = strongestShortcut(input);
  if (control === undefined || strongest === undefined || strongest.interval === null) return '';
  const { mean } = control.auroc;
  const said = `A linear classifier that saw only ${strongest.who} reached an AUROC of ${metric(strongest.auroc)}; the control reached ${metric(mean)}.`;
  const paired = pairedWith(input, strongest.view);
  switch (shortcutReach(input)) {
    case 'beats':
      return `${said} The shortcut ranks better: nothing here shows that the networks do more.`;
    case 'reaches':
      return paired === undefined
        ? `${said} Their intervals overlap: it is not shown that the networks do more.`
        : `${said} The interval of their paired difference, ${signed(paired.difference)} (${differenceInterval(paired.interval)}), includes 0: it is not shown that the networks do more.`;
    case 'part':
      return `${said} The networks rank better, and may still rest on it in part.`;
    default:
      return `${said} That is too little to explain what the networks do.`;
  }
}

/**
 * How far the strongest shortcut comes beside the control: it `beats` it, `reaches` it (neither is shown to rank better),
 * could be `part` of what it does, or is `below` that; `unknown` where either was not measured. Decided by the paired
 * difference on the same test records, and in studies without it by whether the two intervals overlap.
 */
export function shortcutReach(input: ReportInput): 'beats' | 'reaches' | 'part' | 'below' | 'unknown' {
  const control = input.verdict.arms.find((arm) => arm.control);
  const strongest = strongestShortcut(input);
  if (control === undefined || strongest === undefined || strongest.interval === null) return 'unknown';
  const ends = control.auroc.interval;
  const [lower, upper] = strongest.interval;
  const paired = pairedWith(input, strongest.view)?.interval;
  if (paired === undefined && ends === null) return 'reaches';
  if (paired === undefined ? lower > ends![1] : paired[1] < 0) return 'beats';
  if (paired === undefined ? upper >= ends![0] : paired[0] <= 0) return 'reaches';
  return lower > 0.6 ? 'part' : 'below';
}

/** The control's AUROC less a shortcut's, on the same test records; undefined in studies of earlier versions. */
function pairedWith({ behaviour, verdict }: ReportInput, view: ViewName | undefined): ShortcutComparison | undefined {
  const control = verdict.arms.find((arm) => arm.control)?.arm;
  return behaviour?.againstShortcuts?.find((pair) => pair.arm === control && pair.view === view);
}

/** The strongest shortcut in two or three words, for a chip. */
export function strongestName(input: ReportInput): string {
  const view = strongestShortcut(input)?.view;
  return view === undefined ? 'a shortcut' : names[view];
}

const names: Readonly<Record<ViewName, string>> = {
  metadata: 'how files were written',
  border: 'the border alone',
  thumbnail: 'a 16 × 16 thumbnail',
};

function strongestShortcut(input: ReportInput): Row | undefined {
  return [...(baselines(input)?.rows ?? [])].sort((a, b) => b.auroc - a.auroc)[0];
}

interface Baselines {
  readonly rows: readonly Row[];
  /** A sentence: what they were tested on. */
  readonly where: string;
}

/** On the study's own test part where that was measured, otherwise what the audit found on folds of all records. */
function baselines({ behaviour, audit }: ReportInput): Baselines | undefined {
  if (behaviour?.shortcuts !== undefined) {
    const rows = behaviour.shortcuts.map(({ view, auroc, interval: ends, tested }): Row => {
      return { view, who: views[view], auroc, interval: ends, tested };
    });
    return { rows, where: 'All learned from the training part and were tested on the same test X-rays.' };
  }
  const rows = audit.findings.flatMap(({ id, evidence }): readonly Row[] => {
    if (!id.startsWith('label-from-')) return [];
    const { view, auroc, interval: ends, records } = evidence as AuditEvidence;
    return [{ view, who: views[view], auroc, interval: ends, tested: records }];
  });
  return {
    rows,
    where:
      "The classifiers' are the audit's, on folds of all records that keep patients apart, not on the test part, and only those it found worth telling.",
  };
}

interface AuditEvidence {
  readonly view: ViewName;
  readonly auroc: number;
  readonly interval: readonly [number, number];
  readonly records: number;
}
