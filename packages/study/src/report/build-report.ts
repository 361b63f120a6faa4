import { html, trusted } from './html.js';
import { drawFigures } from './render-figures.js';
import type { ReportInput } from './report-input.js';
import { armsSection } from './sections/arms.js';
import { auditSection } from './sections/audit.js';
import { comparisonSection } from './sections/comparison.js';
import { confusionSection, rocSection } from './sections/errors.js';
import { failuresSection } from './sections/failures.js';
import { honestySection } from './sections/honesty.js';
import { documentTitle, opening } from './sections/opening.js';
import { readingSection } from './sections/reading.js';
import { repeatSection } from './sections/repeat.js';
import { samplesSection } from './sections/samples.js';
import type { Section } from './sections/section.js';
import { subjectsSection } from './sections/subjects.js';
import { trainingSection } from './sections/training.js';
import { style } from './style.js';

/** Forbids the report to load anything, so that a viewer enforces what this program promises. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/**
 * Makes the report of a study: one HTML document that loads nothing and needs no script. An unfinished study
 * gives a report that says what is missing.
 *
 * The document depends on `input` alone: the same input gives the same bytes.
 *
 * @throws ChromarayError `CHROMARAY_REPORT_IMAGE` when a sample is not an embedded raster image.
 */
export function buildReport(input: ReportInput): string {
  const figures = drawFigures(input);
  const sections: readonly Section[] = [
    comparisonSection(input, figures),
    armsSection(input),
    trainingSection(input, figures),
    rocSection(figures),
    confusionSection(figures),
    ...honestySection(input, figures),
    ...failuresSection(input),
    samplesSection(input),
    subjectsSection(input),
    auditSection(input),
    repeatSection(input),
    readingSection(input),
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light">
<title>${documentTitle(input)}</title>
<style>${trusted(style)}</style>
</head>
<body>
${opening(input)}
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
<footer><p>Made by Chromaray ${input.verdict.versions.chromaray ?? null}. For research only.</p></footer>
</body>
</html>
`.toString();
}
