import type { ReplicationResult } from '@chromaray/contracts';
import { html, type Section } from '@chromaray/pages';

/** A paragraph for each claim, and the rule by which its outcome was chosen. */
export function claimsSection({ claims }: ReplicationResult): Section {
  return {
    id: 'claims',
    title: 'What became of each claim?',
    short: 'Claims',
    body: html`${claims.map(
      ({ claim, outcome, paragraph, rule }) => html`<h3>${claim}: ${outcome}</h3>
<p>${paragraph}</p>
<p class="quiet">${rule}</p>
`,
    )}`,
  };
}
