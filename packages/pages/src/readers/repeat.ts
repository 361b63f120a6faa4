import type { ReaderAnalysis } from '@chromaray/contracts';
import { html } from '../kit/html.js';
import type { Question } from '../report/questions/question.js';
import { dataTable, type Section } from '../report/sections/section.js';
import { type StardItem, stardItems } from './checklist.js';

/** How the study is reported and checked by others. */
export function repeatQuestion(analysis: ReaderAnalysis): Question {
  const items = stardItems(analysis);
  const open = items.filter(({ author }) => author !== null).length;
  return {
    id: 'repeating',
    title: 'How can it be checked and reported?',
    short: 'Checking, reporting',
    answer: `All numbers of this page are in readers.json. Of ${items.length} items of STARD, ${open} are left wholly or in part to the author.`,
    sections: [stardSection(items), versionsSection(analysis)],
  };
}

function stardSection(items: readonly StardItem[]): Section {
  const table = dataTable<StardItem>(
    'table-stard',
    'STARD 2015 (BMJ 2015;351:h5527), on which STARD-AI builds, in this project\u2019s words.',
    [
      { head: 'Item', cell: ({ item }) => item },
      { head: 'What it asks for', cell: ({ asks }) => asks, kind: 'words' },
      { head: 'From the study', cell: ({ answer }) => answer ?? '\u2013', kind: 'words' },
      { head: 'For the author', cell: ({ author }) => author ?? '\u2013', kind: 'words' },
    ],
    items,
    { sortable: false },
  );
  return { id: 'stard', title: 'Reporting checklist', short: 'Checklist', body: table.html, tables: [table.plain] };
}

function versionsSection({ versions }: ReaderAnalysis): Section {
  return {
    id: 'versions',
    title: 'Program',
    short: 'Program',
    body: html`<p>${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}. The program's documentation says how each number is checked against published studies.</p>`,
  };
}
