import { bytes, count, missing, percent } from '@chromaray/base';
import type { Dataset } from '@chromaray/contracts';
import {
  areLossesUnequal,
  type DatasetSummary,
  describeLosses,
  summariseDataset,
  unreadableCauses,
} from '@chromaray/data';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { noteLines } from '../terminal/notes.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';
import { type DataOptions, readDataset } from './data-set.js';

export interface DataDescribeOptions extends DataOptions {
  readonly json?: boolean;
}

/** What `chromaray data describe <dir>` does. */
export async function dataDescribeAction(
  directory: string,
  options: DataDescribeOptions,
  context: Context,
): Promise<void> {
  const dataset = await readDataset(directory, options, context);
  const summary = summariseDataset(dataset);
  if (options.json) writeJson(context.out, described(dataset, summary));
  else printText(context.out, format(dataset, summary, lineWidth(context.out)));
}

function described(dataset: Dataset, summary: DatasetSummary) {
  const { root, layout, positive, negative, patientRule, hash, unreadable, ignored, leftOut = [] } = dataset;
  const { losses = [], notes = [] } = dataset;
  return {
    root,
    layout,
    positive,
    negative,
    patientRule,
    hash,
    ...summary,
    unreadable,
    ignored,
    losses,
    notes,
    leftOut,
  };
}

function format(dataset: Dataset, summary: DatasetSummary, width: number): string {
  const { root, layout, positive, negative, patientRule } = dataset;
  const { classes, duplicates } = summary;
  const rows = classes.map(({ part, label, records, patients }) => [
    part ?? missing,
    label,
    records,
    patients ?? missing,
  ]);
  const sizes = summary.sizes.map(({ width, height, records }) => `${width} x ${height} (${count(records)})`);
  return [
    `${root}: ${count(summary.records)} images, ${bytes(summary.bytes)}, layout ${layout}`,
    '',
    formatTable(['part', 'class', 'images', 'patients'], rows, width),
    '',
    `Positive    ${positive}, against ${negative}`,
    `Patients    ${patientRule === null ? 'unknown' : `${count(summary.patients!)} by rule ${patientRule.name}: ${patientRule.description}`}`,
    `Sizes       ${sizes.join(', ')}${summary.differentSizes > sizes.length ? `, and ${count(summary.differentSizes - sizes.length)} more` : ''}`,
    `Formats     ${summary.formats.map(({ format, records }) => `${format.toUpperCase()} (${count(records)})`).join(', ')}`,
    `Colour      ${summary.colour === 0 ? 'none: all are gray' : `${count(summary.colour)} images`}`,
    `Duplicates  ${duplicates.copies === 0 ? 'none' : `${count(duplicates.copies)} exact copies of ${count(duplicates.pictures)} pictures`}`,
    ...unreadableLines(dataset),
    ...leftOutLines(dataset),
    ...groupLine('Views', summary.views),
    ...groupLine('Sex', summary.sexes),
    ...groupLine('Age', summary.ageBands),
    `Ignored     ${summary.ignored === 0 ? 'none' : `${count(summary.ignored)} files or folders outside the layout`}`,
    ...lossLine(dataset),
    ...notesOf(dataset),
  ].join('\n');
}

function groupLine(title: string, groups: DatasetSummary['views']): readonly string[] {
  if (groups.length === 0) return [];
  return [`${title.padEnd(12)}${groups.map(({ group, records }) => `${group} (${count(records)})`).join(', ')}`];
}

/** Files that are named one by one; all of them are in the output of --json. */
const shownFiles = 10;
/** A study's own default: see `dataset.unreadableShare`. */
const usualShare = 0.05;

function unreadableLines({ unreadable, records }: Dataset): readonly string[] {
  if (unreadable.length === 0) return ['Unreadable  none'];
  const all = unreadable.length + records.length;
  const stops = unreadable.length > usualShare * all ? `; a study stops at more than ${percent(usualShare, 0)}` : '';
  return [
    `Unreadable  ${count(unreadable.length)} of ${count(all)} files (${percent(unreadable.length / all)})${stops}`,
    ...unreadableCauses(unreadable).map(({ code, files, remedy }) => `            ${count(files)} ${code}. ${remedy}`),
    ...unreadable.slice(0, shownFiles).map(({ id, reason }) => `            ${id}: ${reason}`),
  ];
}

/** Records left out by choice, by reason. */
function leftOutLines({ leftOut = [] }: Dataset): readonly string[] {
  if (leftOut.length === 0) return [];
  const reasons = new Map<string, number>();
  for (const { reason } of leftOut) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const most = [...reasons].sort(([, a], [, b]) => b - a);
  return [
    `Left out    ${count(leftOut.length)}, as asked for`,
    ...most.slice(0, shownFiles).map(([reason, records]) => `            ${count(records)} ${reason}`),
    ...(most.length > shownFiles ? [`            and ${count(most.length - shownFiles)} further reasons`] : []),
  ];
}

function lossLine({ losses = [] }: Dataset): readonly string[] {
  return areLossesUnequal(losses) ? [`Warning     The classes lose files unequally: ${describeLosses(losses)}.`] : [];
}

/** Faults of files that could be read all the same. */
function notesOf({ notes = [] }: Dataset): readonly string[] {
  const lines = noteLines(notes.map(({ id, ...note }) => ({ name: id, ...note })));
  return lines.map((line, i) => `${(i === 0 ? 'Notes' : '').padEnd(12)}${line}`);
}
