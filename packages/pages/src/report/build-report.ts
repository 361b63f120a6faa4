import { html } from '../kit/html.js';
import { page } from '../kit/page.js';
import { pageScript } from '../kit/script/index.js';
import { answered } from './questions/answered.js';
import { artefact } from './questions/artefact.js';
import { asked } from './questions/asked.js';
import { compared } from './questions/compared.js';
import { failing } from './questions/failing.js';
import { type Ask, contents, type Question, questionPart } from './questions/question.js';
import { repeating } from './questions/repeating.js';
import { trained } from './questions/trained.js';
import { drawFigures, type ReportFigures } from './render-figures.js';
import type { ReportInput } from './report-input.js';
import { documentTitle, opening } from './sections/opening.js';

/** The report's seven questions, in the order in which a reader asks them. */
const questions: readonly Ask[] = [asked, answered, compared, artefact, trained, failing, repeating];

/**
 * Makes the report of a study: one HTML document that loads nothing and works without script. An unfinished study
 * gives a report that says what is missing.
 *
 * The document depends on `input` alone: the same input gives the same bytes.
 *
 * @throws ChromarayError `CHROMARAY_REPORT_IMAGE` when a sample is not an embedded raster image.
 */
export function buildReport(input: ReportInput): string {
  const figures = drawFigures(input);
  return reportPage(input, figures, reportQuestions(input, figures));
}

/** The questions of a report, answered. */
export function reportQuestions(input: ReportInput, figures: ReportFigures): readonly Question[] {
  return questions.map((ask) => ask(input, figures));
}

/** The page around them. */
export function reportPage(input: ReportInput, figures: ReportFigures, parts: readonly Question[]): string {
  const body = html`${opening(input, figures)}
<div class="page">
${contents(parts)}
<main>
${parts.map(questionPart)}</main>
</div>
<footer><p>Made by Chromaray ${input.verdict.versions.chromaray ?? null}. For research only.</p></footer>
`;
  return page({ title: documentTitle(input), body, script: pageScript });
}
