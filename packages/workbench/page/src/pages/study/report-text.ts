import type { StudyReport } from '@chromaray/contracts';

export type ReportTable = StudyReport['questions'][number]['sections'][number]['tables'][number];
export type ReportFigureEntry = StudyReport['figures'][number];
export type QuestionId = 'asked' | 'answer' | 'compared' | 'artefact' | 'trained' | 'failing' | 'repeating';

/** A question of the report with its answer; undefined in reports that do not ask it. */
export function questionOf(report: StudyReport, id: QuestionId) {
  return report.questions.find((question) => question.id === id);
}

/** Figures whose file names begin so, in their order: `reliability` for `figures/reliability-gray.svg`. */
export function figuresOf(report: StudyReport, group: string): readonly ReportFigureEntry[] {
  return report.figures.filter(({ file }) => figureName(file) === group || figureName(file).startsWith(`${group}-`));
}

/** `roc-all` for `figures/roc-all.svg`. */
export function figureName(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.svg$/, '');
}

/** What of a report's section a page shows as figures, by the section's id. */
export const figuresOfSection: Readonly<Record<string, readonly string[]>> = {
  who: ['flow'],
  factors: ['interaction'],
  shortcuts: ['shortcuts'],
  confusion: ['confusion'],
  honesty: ['reliability', 'decision'],
};
