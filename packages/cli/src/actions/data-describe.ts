import type { Dataset } from '@chromaray/contracts';
import { type DatasetSummary, summariseDataset } from '@chromaray/data';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatBytes, formatCount } from '../terminal/format.js';
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
  else context.out.write(`${format(dataset, summary)}\n`);
}

function described(
  { root, layout, positive, negative, patientRule, hash, unreadable, ignored, leftOut = [] }: Dataset,
  summary: DatasetSummary,
) {
  return { root, layout, positive, negative, patientRule, hash, ...summary, unreadable, ignored, leftOut };
}

function format(dataset: Dataset, summary: DatasetSummary): string {
  const { root, layout, positive, negative, patientRule, unreadable } = dataset;
  const { classes, duplicates } = summary;
  const rows = classes.map(({ part, label, records, patients }) => [part ?? '–', label, records, patients ?? '–']);
  const sizes = summary.sizes.map(({ width, height, records }) => `${width} x ${height} (${formatCount(records)})`);
  return [
    `${root}: ${formatCount(summary.records)} images, ${formatBytes(summary.bytes)}, layout ${layout}`,
    '',
    formatTable(['part', 'class', 'images', 'patients'], rows),
    '',
    `Positive    ${positive}, against ${negative}`,
    `Patients    ${patientRule === null ? 'unknown' : `${formatCount(summary.patients!)} by rule ${patientRule.name}: ${patientRule.description}`}`,
    `Sizes       ${sizes.join(', ')}${summary.differentSizes > sizes.length ? `, and ${formatCount(summary.differentSizes - sizes.length)} more` : ''}`,
    `Formats     ${summary.formats.map(({ format, records }) => `${format.toUpperCase()} (${formatCount(records)})`).join(', ')}`,
    `Colour      ${summary.colour === 0 ? 'none: all are gray' : `${formatCount(summary.colour)} images`}`,
    `Duplicates  ${duplicates.copies === 0 ? 'none' : `${formatCount(duplicates.copies)} exact copies of ${formatCount(duplicates.pictures)} pictures`}`,
    `Unreadable  ${unreadable.length === 0 ? 'none' : formatCount(unreadable.length)}`,
    ...unreadable.slice(0, 10).map(({ id, reason }) => `            ${id}: ${reason}`),
    ...(summary.leftOut === 0 ? [] : [`Left out    ${formatCount(summary.leftOut)}, as asked for`]),
    ...groupLine('Views', summary.views),
    ...groupLine('Sex', summary.sexes),
    ...groupLine('Age', summary.ageBands),
    `Ignored     ${summary.ignored === 0 ? 'none' : `${formatCount(summary.ignored)} files or folders outside the layout`}`,
  ].join('\n');
}

function groupLine(title: string, groups: DatasetSummary['views']): readonly string[] {
  if (groups.length === 0) return [];
  return [`${title.padEnd(12)}${groups.map(({ group, records }) => `${group} (${formatCount(records)})`).join(', ')}`];
}
