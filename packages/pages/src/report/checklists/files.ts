import { stringify } from 'csv-stringify/sync';
import type { FilledChecklist } from './index.js';

/** All checklists as one table, to sort and to fill in. */
export function checklistsCsv(filled: readonly FilledChecklist[]): string {
  return stringify(
    filled.flatMap(({ checklist, items }) =>
      items.map(({ group, item, asks, state, answer, sections, author }) => [
        checklist.name,
        group,
        item,
        asks,
        state,
        answer,
        sections.map((section) => `report.html#${section}`).join(' '),
        author,
      ]),
    ),
    {
      header: true,
      columns: ['checklist', 'section', 'item', 'asks', 'state', 'study_says', 'where', 'for_the_author'],
    },
  );
}

/** The same to read, and to paste into a supplement. */
export function checklistsMarkdown(study: string, filled: readonly FilledChecklist[]): string {
  const parts = filled.map(({ checklist, items }) => {
    const rows = items.map(
      ({ item, asks, state, answer, author }) =>
        `| ${[item, asks, state, answer, author].map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`,
    );
    return `## ${checklist.name}

${checklist.source.text}, https://doi.org/${checklist.source.doi}. Items in our own words; the publication has the wording that counts.

| item | asks for | state | the study says | for the author |
|---|---|---|---|---|
${rows.join('\n')}
`;
  });
  return `# Reporting checklists of ${study}\n\n${parts.join('\n')}`;
}
