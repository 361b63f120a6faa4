import { interval, level, metric, missing, signed } from '@chromaray/base';
import type { ReaderAnalysis, ReaderArmResult } from '@chromaray/contracts';
import { html } from '../kit/html.js';
import type { Question } from '../report/questions/question.js';
import { type Column, dataTable, Measured, panels, type Section } from '../report/sections/section.js';
import type { ReaderFigures } from './figures.js';
import { measureName, shortMeasure } from './words.js';

/** How readers read in each arm: together, and each alone. */
export function armsQuestion(analysis: ReaderAnalysis, figures: ReaderFigures): Question {
  const { comparisons, design } = analysis;
  const better = comparisons.map(({ arm, perReader }) => {
    const count = perReader.filter(({ difference }) => difference > 0).length;
    return `${count} of ${design.readers.length} readers did better with ${arm} than with ${analysis.endpoint.control}`;
  });
  return {
    id: 'arms',
    title: 'How did people read in each arm?',
    short: 'Arms and readers',
    answer: `${better.join('; ')}.`,
    sections: [meanSection(analysis, figures), readersSection(analysis, figures)],
  };
}

function meanSection({ arms, endpoint, design }: ReaderAnalysis, { mean }: ReaderFigures): Section {
  const table = dataTable<ReaderArmResult>(
    'table-arms',
    `${measureName(endpoint)}, mean over readers, with ${level(1 - endpoint.alpha)} intervals on the logit scale.`,
    [
      { head: 'Arm', cell: ({ arm, control }) => `${arm}${control ? ' (control)' : ''}` },
      { head: shortMeasure(endpoint), cell: (row) => metric(row.mean), kind: 'number' },
      { head: 'Interval', cell: (row) => interval(row.interval), kind: 'number' },
      {
        head: 'Lowest reader',
        cell: (row) => metric(Math.min(...row.perReader.map(({ value }) => value))),
        kind: 'number',
      },
      {
        head: 'Highest reader',
        cell: (row) => metric(Math.max(...row.perReader.map(({ value }) => value))),
        kind: 'number',
      },
    ],
    arms,
  );
  return {
    id: 'each-arm',
    title: 'Each arm by itself',
    short: 'Each arm',
    reading: `Intervals of two arms may overlap although the arms differ, because the same readers read ${
      design.kind === 'cases nested in arms' ? '' : 'the same cases '
    }in both. For that, read the differences above.`,
    body: html`${table.html}
${panels(mean)}`,
    tables: [table.plain],
  };
}

function readersSection({ arms, design, endpoint, comparisons }: ReaderAnalysis, { byReader }: ReaderFigures): Section {
  const of = (arm: ReaderArmResult): Column<string> => ({
    head: arm.arm,
    cell: (reader) => {
      const found = arm.perReader.find((one) => one.reader === reader);
      return found === undefined ? missing : new Measured(metric(found.value), { interval: interval(found.interval) });
    },
    kind: 'number',
  });
  const against = comparisons.map(
    ({ arm, perReader }): Column<string> => ({
      head: `${arm} \u2212 ${endpoint.control}`,
      cell: (reader) => signed(perReader.find((one) => one.reader === reader)?.difference ?? null),
      kind: 'number',
    }),
  );
  const table = dataTable<string>(
    'table-readers',
    `${measureName(endpoint)} of each reader; below it the ${level(1 - endpoint.alpha)} interval for new cases. Differences within a reader are exploratory.`,
    [{ head: 'Reader', cell: (reader) => reader }, ...arms.map(of), ...against],
    design.readers,
  );
  return {
    id: 'readers',
    title: 'Each reader',
    short: 'Each reader',
    body: html`${table.html}
${panels(byReader)}`,
    tables: [table.plain],
  };
}
