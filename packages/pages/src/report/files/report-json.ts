import type { StudyReport } from '@chromaray/contracts';
import { textOf } from '../../kit/html.js';
import type { FilledChecklist } from '../checklists/index.js';
import { doubts } from '../doubts.js';
import type { Question } from '../questions/question.js';
import { figureGroups, type ReportFigures } from '../render-figures.js';
import type { ReportInput } from '../report-input.js';
import { basis, question, verdictTitle } from '../sections/first-words.js';
import { Measured } from '../sections/table.js';

/** The content of `report.json`: what the report says, question by question. docs/report.md explains each field. */
export function reportJson(
  input: ReportInput,
  questions: readonly Question[],
  figures: ReportFigures,
  checklists: readonly FilledChecklist[],
): StudyReport {
  const { verdict, arms, dataset, audit, methods = null, split, balance, started, finished } = input;
  return {
    study: verdict.study,
    verdict: verdict.verdict,
    statement: verdict.statement,
    researchUseOnly: true,
    partial: verdict.unfinished.length > 0 || finished === null,
    missing: verdict.unfinished,
    risksAccepted: verdict.risksAccepted,
    started,
    finished,
    opening: {
      asked: textOf(question(input)),
      title: verdictTitle(verdict),
      basis: basis(verdict),
      doubts: [...doubts(input)],
    },
    registration: input.registration,
    questions: questions.map(({ id, title, answer, sections }) => ({
      id,
      question: title,
      answer: textOf(answer),
      sections: sections.map((section) => ({
        id: section.id,
        title: section.title,
        tables: (section.tables ?? []).map(({ name, caption, columns, rows }) => ({
          name,
          caption,
          columns: columns.map(({ head }) => head),
          rows: rows.map((row) =>
            row.map((cell) => (cell instanceof Measured ? { value: cell.value, ...cell.more } : cell)),
          ),
        })),
      })),
    })),
    numbers: verdict,
    arms: arms.map(({ name, control, description, parameters, trials }) => ({
      name,
      control,
      description,
      parameters,
      trials: trials.map(
        ({
          seed,
          state,
          selectedEpoch,
          threshold,
          confusion,
          seconds,
          imagesPerSecond,
          peakMemoryBytes,
          idleShare,
        }) => ({
          seed,
          state,
          selectedEpoch,
          threshold,
          confusion,
          seconds,
          imagesPerSecond,
          peakMemoryBytes,
          idleShare,
        }),
      ),
    })),
    dataset,
    split: { method: split.method, seed: split.seed, notes: split.notes },
    balance,
    methods,
    findings: audit.findings.map(({ id, severity, title, reason, remedy, records }) => ({
      id,
      severity,
      title,
      reason,
      remedy,
      records: records.length,
    })),
    figures: figureGroups(figures).flatMap(({ caption, marks, figures: drawn }) =>
      drawn.map(({ name, title, description }) => ({
        ...{ file: `figures/${name}.svg`, title, description, caption },
        ...(marks !== undefined && { marks }),
      })),
    ),
    checklists: checklists.map(({ checklist, items }) => ({ name: checklist.name, doi: checklist.source.doi, items })),
  };
}
