import { html, type ReportSample, type Section, style, trusted } from '@chromaray/pages';
import type { ReplicatedArms } from '../replicated-arms.js';
import type { ReplicationResult } from '../result.js';
import { auditSection } from './sections/audit.js';
import { claimsSection } from './sections/claims.js';
import { confusionSection, curvesSection } from './sections/figures.js';
import { opening } from './sections/opening.js';
import { pointsSection } from './sections/points.js';
import { repeatSection } from './sections/repeat.js';
import { resultsSection } from './sections/results.js';
import { sideBySideSection } from './sections/side-by-side.js';

export interface ReplicationReportInput {
  readonly result: ReplicationResult;
  readonly arms: ReplicatedArms;
  readonly samples: readonly ReportSample[];
}

/** Forbids the report to load anything, so that a viewer enforces what this program promises. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/**
 * Makes the report of a replication: one HTML document that loads nothing and needs no script. It depends on
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
    repeatSection(result),
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light">
<title>The original study, replicated</title>
<style>${trusted(style)}</style>
</head>
<body>
${opening(result)}
<div class="page">
<nav aria-label="Contents"><p>Contents</p><ol>${sections.map(
    (section) => html`<li><a href="#${section.id}">${section.short}</a></li>\n`,
  )}</ol></nav>
<main>
${sections.map(
  (section) => html`<section id="${section.id}" aria-labelledby="${section.id}-title">
<h2 id="${section.id}-title">${section.title}</h2>
${section.body}
</section>\n`,
)}</main>
</div>
<footer><p>Made by Chromaray ${result.versions.chromaray ?? null}. For research only.</p></footer>
</body>
</html>
`.toString();
}
