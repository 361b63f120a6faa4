import { count } from '@chromaray/base';
import type { OriginalResult, ReplicatedFinding, ReplicationResult } from '@chromaray/contracts';
import { type Html, html, type Section, table } from '@chromaray/pages';

const words: Readonly<Record<ReplicatedFinding['severity'], string>> = {
  blocks: 'Blocks',
  warns: 'Warning',
  notes: 'Note',
};

/** What the audit said before A was trained. */
export function auditSection({ original }: ReplicationResult): Section {
  return {
    id: 'audit',
    title: 'What did the audit say beforehand?',
    short: 'Audit',
    body: html`<p>A study of this program stops on a finding that blocks. A went on with every such risk accepted, and its verdict is <strong>invalid</strong> whatever its numbers.</p>
${findings(original.colour, 'color-final, as it was done')}
${findings(original.gray, 'gray-final, as it was done')}`,
  };
}

function findings(result: OriginalResult, title: string): Html {
  return table<ReplicatedFinding>(
    `table-findings-${result.folder}`,
    html`${title}: verdict <strong>${result.verdict}</strong>. Records are listed in <span class="file">${result.folder}/audit.json</span>.`,
    [
      {
        head: 'Finding',
        cell: ({ title: finding, id }) => html`${finding}<span class="line quiet"><code>${id}</code></span>`,
        kind: 'words',
      },
      {
        head: 'Severity',
        cell: ({ severity }) =>
          html`${words[severity]}${severity === 'blocks' ? html` <span class="tag partial">risk accepted</span>` : null}`,
      },
      { head: 'Records', cell: ({ records }) => count(records), kind: 'number' },
      { head: 'Why it matters', cell: ({ reason }) => reason, kind: 'words' },
    ],
    result.findings,
  );
}
