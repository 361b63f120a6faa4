import { counted, listed } from '@chromaray/base';
import type { Finding, Severity } from '@chromaray/contracts';
import { type Html, html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import { type Section, table, terms } from './section.js';

const words: Readonly<Record<Severity, string>> = { blocks: 'Blocks', warns: 'Warning', notes: 'Note' };

/** Ids printed per finding; the rest stands in audit.json. */
const shown = 6;

/** What the audit looked for and found, and what was left out. */
export function auditSection({ audit, verdict, dataset }: ReportInput): Section {
  const accepted = new Set(verdict.risksAccepted);
  return {
    id: 'audit',
    title: 'What the audit of the data found',
    short: 'Audit',
    reading:
      'A finding that blocks would let the test part leak into training, or make its numbers mean something else. A warning does not stop a study; read it before believing a small difference.',
    body: html`<p>Before training, the audit made ${counted(audit.checks.length, 'check')} (${listed(audit.checks)}) and reported ${counted(audit.findings.length, 'finding')}. A finding that blocks stops a study unless its risk is accepted by name.</p>
${
  audit.findings.length === 0
    ? null
    : table<Finding>(
        'table-findings',
        'Findings, gravest first.',
        [
          {
            head: 'Finding',
            cell: (row) => html`${row.title}<span class="line quiet"><code>${row.id}</code></span>`,
            kind: 'words',
          },
          {
            head: 'Severity',
            cell: (row) =>
              html`${words[row.severity]}${accepted.has(row.id) ? html` <span class="tag partial">risk accepted</span>` : null}`,
          },
          { head: 'Why it matters', cell: (row) => row.reason, kind: 'words' },
          { head: 'What to do', cell: (row) => row.remedy, kind: 'words' },
        ],
        audit.findings,
      )
}
${concerned(audit.findings)}
${
  dataset.unreadable.length === 0
    ? null
    : table(
        'table-unreadable',
        `Left out: ${counted(dataset.unreadable.length, 'file')} that could not be read.`,
        [
          { head: 'File', cell: (row) => html`<span class="file">${row.id}</span>`, kind: 'words' },
          { head: 'Why', cell: (row) => row.reason, kind: 'words' },
          { head: 'Code', cell: (row) => html`<code>${row.code}</code>` },
        ],
        dataset.unreadable.slice(0, 50),
      )
}
${dataset.unreadable.length > 50 ? html`<p>The other ${dataset.unreadable.length - 50} are listed in audit.json.</p>` : null}`,
  };
}

function concerned(findings: readonly Finding[]): Html | null {
  const some = findings.filter((finding) => finding.records.length > 0);
  if (some.length === 0) return null;
  return html`<h4>Records concerned</h4>
${terms(some.map((finding) => [html`<code>${finding.id}</code>`, records(finding)]))}`;
}

function records({ records: ids }: Finding): Html {
  return html`${counted(ids.length, 'record')}<ul class="files">${ids.slice(0, shown).map((id) => html`<li class="file">${id}</li>`)}${
    ids.length > shown ? html`<li>and ${ids.length - shown} more in audit.json</li>` : null
  }</ul>`;
}
