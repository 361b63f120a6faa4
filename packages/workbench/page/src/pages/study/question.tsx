import type { FigureSource } from './figure-rows.js';
import { ReportFigure } from './report-figure.js';
import { ReportTable } from './report-table.js';
import { figuresOf, figuresOfSection, type QuestionId, questionOf } from './report-text.js';

interface QuestionProps {
  readonly study: string;
  readonly source: FigureSource;
  readonly id: QuestionId;
  /** Sections that are shown; default: all that have a table or a figure. */
  readonly sections?: readonly string[];
}

/** A question of the report: its answer, then the figures and tables behind it. */
export function Question({ study, source, id, sections: wanted }: QuestionProps) {
  const { report } = source;
  const question = questionOf(report, id);
  if (question === undefined) return null;
  const shown = question.sections
    .filter((section) => wanted?.includes(section.id) ?? true)
    .map((section) => ({
      ...section,
      figures: (figuresOfSection[section.id] ?? []).map((group) => figuresOf(report, group)),
    }))
    .filter(({ tables, figures }) => tables.length + figures.flat().length > 0);
  return (
    <section className="question" id={id}>
      <h2>{question.question}</h2>
      <p className="answer">{question.answer}</p>
      {shown.map(({ id: section, title, tables, figures }) => (
        <details key={section} open={shown.length === 1}>
          <summary>{title}</summary>
          {figures
            .filter((group) => group.length > 0)
            .map((group) => (
              <div key={group[0]!.file}>
                {group.length > 1 && group[0]!.caption && <p>{group[0]!.caption}</p>}
                <div className="figures">
                  {group.map((entry) => (
                    <ReportFigure
                      key={entry.file}
                      study={study}
                      entry={entry}
                      source={source}
                      words={group.length === 1}
                    />
                  ))}
                </div>
              </div>
            ))}
          {tables.map((table) => (
            <ReportTable key={table.name} study={study} table={table} />
          ))}
        </details>
      ))}
    </section>
  );
}
