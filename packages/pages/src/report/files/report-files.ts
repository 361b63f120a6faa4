import { encodeArtefact } from '@chromaray/contracts';
import { reportPage, reportQuestions } from '../build-report.js';
import { checklistsCsv, checklistsMarkdown } from '../checklists/files.js';
import { filledChecklists } from '../checklists/index.js';
import { methodsParagraphs } from '../methods-text.js';
import { allFigures, drawFigures } from '../render-figures.js';
import type { ReportInput } from '../report-input.js';
import { summaryPage } from '../summary/summary-page.js';
import { checklistsPage } from './checklists-page.js';
import { csvTable } from './csv-table.js';
import { latexTable } from './latex-table.js';
import { reportJson } from './report-json.js';

/** A file of the report. */
export interface ReportPart {
  /** Relative to the study's folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/**
 * The report and all that stands beside it: `report.html`, `summary.html`, `report.json`, the methods, the checklists, every table as CSV and LaTeX
 * in `tables/`, every figure as SVG in `figures/`. All say the same numbers, rounded once.
 *
 * @throws ChromarayError `CHROMARAY_REPORT_IMAGE` when a sample is not an embedded raster image.
 */
export function reportFiles(input: ReportInput): readonly ReportPart[] {
  const drawn = drawFigures(input);
  const figures = allFigures(drawn);
  const questions = reportQuestions(input, drawn);
  const checklists = filledChecklists(input);
  const tables = questions.flatMap(({ sections }) => sections.flatMap((section) => section.tables ?? []));
  return [
    { path: 'report.html', text: reportPage(input, drawn, questions) },
    { path: 'report.json', text: encodeArtefact('report', reportJson(input, questions, drawn, checklists)) },
    { path: 'summary.html', text: summaryPage(input, drawn) },
    { path: 'methods.md', text: methodsMarkdown(input) },
    { path: 'checklists.html', text: checklistsPage(input.verdict.study, checklists) },
    { path: 'checklists.csv', text: checklistsCsv(checklists) },
    { path: 'checklists.md', text: checklistsMarkdown(input.verdict.study, checklists) },
    ...tables.flatMap((table) => [
      { path: `tables/${table.name}.csv`, text: csvTable(table) },
      { path: `tables/${table.name}.tex`, text: latexTable(table) },
    ]),
    ...figures.map(({ name, svg }) => ({ path: `figures/${name}.svg`, text: `${svg}\n` })),
  ];
}

function methodsMarkdown(input: ReportInput): string {
  return `## Methods\n\n${methodsParagraphs(input).join('\n\n')}\n`;
}
