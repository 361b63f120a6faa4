import { counted } from '@chromaray/base';
import { html } from '../../kit/html.js';
import type { FilledItem } from '../checklists/checklist.js';
import { type FilledChecklist, filledChecklists } from '../checklists/index.js';
import type { ReportInput } from '../report-input.js';
import type { Section } from './section.js';

/** How far the study answers what journals ask for; item by item that is in a file of its own. */
export function checklistsSection(input: ReportInput): Section {
  return {
    id: 'checklists',
    title: 'Reporting checklists',
    short: 'Checklists',
    body: html`<p>Item by item in <a href="./checklists.html">checklists.html</a>, filled in as far as the study can; also as checklists.csv and checklists.md.</p>
<ul>${filledChecklists(input).map((filled) => html`<li><b>${filled.checklist.name}</b>: ${itemCounts(filled)}</li>\n`)}</ul>`,
  };
}

/** How many items are answered by whom. */
export function itemCounts({ items }: FilledChecklist): string {
  const of = (state: FilledItem['state']): number => items.filter((item) => item.state === state).length;
  return `${counted(items.length, 'entry', 'entries')}; ${of('reported')} answered by the study, ${of('in part')} in part, ${of('for the author')} for the author, ${of('not applicable')} not applicable`;
}
