import type { ReplicationResult } from '@chromaray/contracts';
import { html, page, pageScript, type ReportSample, type Section } from '@chromaray/pages';
import type { ReplicatedArms } from '../replicated-arms.js';
import { auditSection } from './sections/audit.js';
import { claimsSection } from './sections/claims.js';
import { confusionSection, curvesSection } from './sections/figures.js';
import { opening } from './sections/opening.js';
import { pointsSection } from './sections/points.js';
import { repeatSection } from './sections/repeat.js';
import { resultsSection } from './sections/results.js';
import { searchSection } from './sections/search.js';
import { sideBySideSection } from './sections/side-by-side.js';

export interface ReplicationReportInput {
  readonly result: ReplicationResult;
  readonly arms: ReplicatedArms;
  readonly samples: readonly ReportSample[];
}

/**
 * Makes the report of a replication: one HTML document that loads nothing and works without script. It depends on
 * `input` alone: the same input gives the same bytes.
 */
export function buildReplicationReport({ result, arms, samples }: ReplicationReportInput): string {
  const sections: readonly Section[] = [
    claimsSection(result),
    resultsSection(result),
    pointsSection(result),
    curvesSection(arms),
    confusionSection(result, arms),
    sideBySideSection(samples),
    auditSection(result),
    searchSection(),
    repeatSection(result),
  ];
  const body = html`${opening(result)}
<div class="page">
<nav aria-label="Contents"><details class="contents"><summary>Contents</summary><ol>${sections.map(
    (section) => html`<li><a href="#${section.id}">${section.short}</a></li>\n`,
  )}</ol></details></nav>
<main>
${sections.map(
  (section) => html`<section id="${section.id}" aria-labelledby="${section.id}-title">
<h2 id="${section.id}-title">${section.title}</h2>
${section.body}
</section>\n`,
)}</main>
</div>
<footer><p>Made by Chromaray ${result.versions.chromaray ?? null}. For research only.</p></footer>
`;
  return page({ title: 'The original study, replicated', body, script: pageScript });
}
