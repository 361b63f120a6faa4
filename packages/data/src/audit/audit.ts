import type { Audit, Dataset, Severity, Split } from '@chromaray/contracts';
import type { AuditContext, AuditProgress } from './check.js';
import { checks } from './checks/index.js';
import { byGravity } from './gravity.js';
import { notRun } from './not-run.js';

/**
 * Looks for everything in a data set and its split that could fool a study.
 *
 * @param split null audits the parts that the data set comes with, if any
 */
export function auditDataset(
  dataset: Dataset,
  split: Split | null,
  onProgress?: (progress: AuditProgress) => void,
): Audit {
  const started = performance.now();
  const part: AuditContext['part'] =
    split === null ? ({ givenPart }) => givenPart : ({ id }) => split.part.get(id) ?? null;
  const context: AuditContext = { dataset, split, part, onProgress };
  const findings = checks
    .flatMap((check, done) => {
      onProgress?.({ phase: 'auditing', unit: 'steps', done, total: checks.length });
      return check.run(context);
    })
    .sort(byGravity);
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const { records, unreadable, patientRule } = dataset;
  return {
    dataset: dataset.hash,
    findings,
    checks: checks.map(({ id }) => id),
    notRun: notRun(context),
    counts: {
      records: records.length,
      unreadable: unreadable.length,
      patients: patientRule === null ? null : new Set(records.map(({ patient }) => patient)).size,
      blocks: count('blocks'),
      warns: count('warns'),
      notes: count('notes'),
    },
    seconds: (performance.now() - started) / 1000,
  };
}
