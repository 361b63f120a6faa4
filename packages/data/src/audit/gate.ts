import { nearest } from '@chromaray/base';
import type { Audit, Finding } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { findingIds } from './checks/index.js';

/**
 * Stops a study whose audit found something that blocks, unless each such finding was accepted by its id.
 *
 * @param accepted ids of findings, as given by `--accept-risk`; one that was not found changes nothing
 * @param evidence where the page with all records of the findings was written, for the message
 * @returns the blocking findings that were accepted: the risks that the report names on its first screen
 * @throws ChromarayError `CHROMARAY_AUDIT_BLOCKED`, for which the command line exits with 3;
 *   `CHROMARAY_AUDIT_RISK_UNKNOWN` for an id that no check ever finds
 */
export function gate(audit: Audit, accepted: readonly string[] = [], evidence?: string): readonly Finding[] {
  refuseUnknownFindings(accepted);
  const blocking = audit.findings.filter(({ severity }) => severity === 'blocks');
  const open = blocking.filter(({ id }) => !accepted.includes(id));
  if (open.length === 0) return blocking;
  const [first] = open;
  throw codedError('CHROMARAY_AUDIT_BLOCKED', {
    message: `The audit stops this study: ${open.map((finding) => `${finding.title} (${finding.id}${firstRecords(finding)})`).join('; ')}. ${first!.reason}`,
    remedy: `${first!.remedy}${evidence === undefined ? '' : ` All records: ${evidence}.`} To continue despite it: ${open.map(({ id }) => `--accept-risk ${id}`).join(' ')}; the report will say so.`,
    details: {
      findings: open.map(({ id, title, reason, remedy, records }) => ({
        id,
        title,
        reason,
        remedy,
        count: records.length,
        records: records.slice(0, 50),
      })),
    },
  });
}

/** Records named in the message. */
const namedInMessage = 2;

/** The first pair of a finding, or its first records: `: a.png and b.png, 7 records in all`. */
function firstRecords({ records, evidence }: Finding): string {
  const groups = Array.isArray(evidence) ? (evidence as readonly { records?: readonly { record: string }[] }[]) : [];
  const pair = groups[0]?.records?.map(({ record }) => record) ?? records;
  if (pair.length === 0) return '';
  const more = records.length > Math.min(pair.length, namedInMessage) ? `, ${records.length} records in all` : '';
  return `: ${pair.slice(0, namedInMessage).join(' and ')}${more}`;
}

/**
 * Refuses ids of findings that no audit makes: before hours of reading and auditing, one that is misspelt should stop.
 *
 * @throws ChromarayError `CHROMARAY_AUDIT_RISK_UNKNOWN`
 */
export function refuseUnknownFindings(ids: readonly string[]): void {
  const id = ids.find((one) => !findingIds.includes(one));
  if (id === undefined) return;
  const guess = nearest(id, findingIds);
  throw codedError('CHROMARAY_AUDIT_RISK_UNKNOWN', {
    message: `There is no finding "${id}"${guess === undefined ? '.' : `; did you mean "${guess}"?`}`,
    remedy: `Findings have the ids ${findingIds.join(', ')}.`,
    details: { id, known: findingIds },
  });
}
