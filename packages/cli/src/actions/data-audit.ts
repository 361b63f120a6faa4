import path from 'node:path';
import { count, counted, duration } from '@chromaray/base';
import type { Audit, Finding, Severity, SplitMethod } from '@chromaray/contracts';
import { auditDataset, makeSplit, searchNearDuplicates } from '@chromaray/data';
import { writeAudit } from '@chromaray/pages';
import type { Context } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { type DataOptions, readDataset } from './data-set.js';

export interface DataAuditOptions extends DataOptions {
  readonly split: 'given' | SplitMethod;
  readonly seed: number;
  readonly out: string;
  readonly json?: boolean;
}

/** As a study file has them when it does not say. */
const fractions = { train: 0.7, validation: 0.1, test: 0.2 };

/** What `chromaray data audit <dir>` does. */
export async function dataAuditAction(directory: string, options: DataAuditOptions, context: Context): Promise<void> {
  const dataset = await readDataset(directory, options, context);
  const { split: method, seed } = options;
  const split = method === 'given' ? null : makeSplit(dataset, { method, fractions, seed });
  // The longest of the checks goes first and by itself, because it can be cancelled.
  const compared = (done: number, total: number) =>
    context.progress.update({ phase: 'comparing', unit: 'images', done, total });
  await searchNearDuplicates(dataset, compared, context.signal);
  const audit = auditDataset(dataset, split, (progress) => context.progress.update(progress));
  context.progress.end();
  const files = await writeAudit(audit, dataset, options.out);
  if (options.json) writeJson(context.out, audit);
  else printText(context.out, format(audit, files));
  if (audit.counts.blocks > 0) throw new EndedWith(exitCodes.stoppedByAudit);
}

const severityWords: Readonly<Record<Severity, string>> = { blocks: 'BLOCKS', warns: 'WARNING', notes: 'NOTE' };
const shownRecords = 4;

function format(audit: Audit, files: { readonly json: string; readonly page: string }): string {
  const { counts, findings, checks } = audit;
  return [
    `${counted(checks.length, 'check')} of ${counted(counts.records, 'image')}: ${count(counts.blocks)} blocking, ${counted(counts.warns, 'warning')}, ${counted(counts.notes, 'note')} (${duration(audit.seconds)})`,
    '',
    ...findings.flatMap((finding) => [...formatFinding(finding), '']),
    `Evidence  ${path.relative('', files.json)}, ${path.relative('', files.page)}`,
    '',
    'For research use only, not for diagnosis.',
  ].join('\n');
}

function formatFinding({ id, severity, title, reason, remedy, records }: Finding): readonly string[] {
  const more = records.length - shownRecords;
  return [
    `${severityWords[severity]}  ${title} (${id})`,
    `  ${reason}`,
    ...records.slice(0, shownRecords).map((record) => `    ${record}`),
    ...(more > 0 ? [`    and ${count(more)} more`] : []),
    `  → ${remedy}`,
  ];
}
