/** What a finding does to a study: stops it, puts a warning in its report, or is mentioned. */
export type Severity = (typeof severities)[number];

/** Severities from the gravest to the lightest. */
export const severities = ['blocks', 'warns', 'notes'] as const;

/** One thing the audit found, with the evidence for it. */
export interface Finding {
  /** Stable, for `--accept-risk` and for reports, for example `patient-across-parts`. */
  readonly id: string;
  readonly severity: Severity;
  /** A few words, with the count. */
  readonly title: string;
  /** One sentence: why this matters here. */
  readonly reason: string;
  /** One sentence in the imperative: what to do. */
  readonly remedy: string;
  /** Ids of the records concerned, sorted; `evidence` groups them. */
  readonly records: readonly string[];
  /** JSON; its shape belongs to the check and is described there. */
  readonly evidence: unknown;
}

/** Everything the audit of a data set and its split looked at and found. */
export interface Audit {
  /** Content hash of the data set that was audited. */
  readonly dataset: string;
  /** Gravest first, then by id. */
  readonly findings: readonly Finding[];
  /** Ids of all checks that ran, also of those that found nothing. */
  readonly checks: readonly string[];
  /** Checks that could not look at everything, and why; absent in audits of earlier versions. */
  readonly notRun?: readonly UncheckedPart[];
  readonly counts: AuditCounts;
  readonly seconds: number;
}

/** What an audit could not look at. */
export interface UncheckedPart {
  /** Id of the check. */
  readonly check: string;
  /** One sentence: what was not looked at, and why. */
  readonly reason: string;
}

export interface AuditCounts {
  readonly records: number;
  readonly unreadable: number;
  /** Null when patients are unknown. */
  readonly patients: number | null;
  readonly blocks: number;
  readonly warns: number;
  readonly notes: number;
}
