import { listed, moment } from '@chromaray/base';
import { type Html, html } from '../kit/html.js';
import { page } from '../kit/page.js';
import { terms } from '../report/sections/section.js';

/** One amendment of a registered plan, in words. */
export interface AmendmentText {
  readonly at: string;
  readonly reason: string;
  readonly what: string;
  /** What was known when it was made: `after 12 readings`. */
  readonly known: string;
}

/** What any registration shows, whatever is studied. */
export interface RegisteredPlanText {
  /** What was registered: `reader study`, say; null for a study of networks. */
  readonly kind: string | null;
  readonly study: string;
  readonly program: string;
  readonly question: string;
  /** When, with what, and what was known then, in whole sentences. */
  readonly statement: string;
  readonly terms: readonly (readonly [string, string])[];
  readonly amendments: readonly AmendmentText[];
  /** Of the plan as first registered, and as it is in force. */
  readonly hash: string;
  readonly hashInForce: string;
  /** What equal hashes say, in a whole sentence. */
  readonly equalHash?: string;
  /** In force; shown as JSON. */
  readonly plan: unknown;
}

/**
 * A registration for people, to be published before a study (on OSF, for example) or handed in with it: what is asked,
 * how it is measured, on what, and the hash by which anyone can check that nothing of it was changed.
 */
export function planPage(text: RegisteredPlanText): string {
  const { kind, study, program, amendments, hash, hashInForce } = text;
  const body = html`<header>
<p class="eyebrow"><strong>Chromaray</strong> registration of ${kind === null ? null : `the ${kind} `}<span class="file">${study}</span></p>
<h1>${text.question}</h1>
<p class="statement">${text.statement}</p>
<p class="notice">For research use only, not for diagnosis.</p>
</header>
<div class="page"><main>
<section aria-labelledby="plan"><h2 id="plan">${amendments.length === 0 ? 'The plan' : 'The plan, as amended'}</h2>
${terms(text.terms)}
</section>
<section aria-labelledby="amendments"><h2 id="amendments">Amendments</h2>
${amendmentList(amendments)}
</section>
<section aria-labelledby="check"><h2 id="check">How to check it</h2>
<p>The plan has the SHA-256 hash <code>${hashInForce}</code>${hashInForce === hash ? null : html`; as first registered, <code>${hash}</code>`}. It is that of the <code>plan</code> in registration.json, written as JSON with sorted keys and without spaces.${text.equalHash === undefined ? null : ` ${text.equalHash}`}</p>
<details><summary>The plan word for word</summary><pre tabindex="0"><code>${JSON.stringify(text.plan, null, 2)}</code></pre></details>
</section>
</main></div>
<footer><p>Made by Chromaray ${program}. For research only.</p></footer>
`;
  return page({ title: `Registration of ${study}`, body });
}

/** Which arms are set against which, and how many comparisons an error rate is shared among, as every plan says it. */
export function plannedArms(
  arms: readonly { readonly name: string; readonly control: boolean }[],
  { alpha, correction }: { readonly alpha: number; readonly correction: string },
): { readonly arms: string; readonly errorRate: string } {
  const others = arms.filter((arm) => !arm.control).map(({ name }) => name);
  const control = arms.find((arm) => arm.control)?.name ?? '';
  const shared = correction === 'holm' && others.length > 1;
  return {
    arms: `${listed(others)} against the control ${control}.`,
    errorRate: `two-sided error rate ${alpha}${shared ? `, Holm's correction for ${others.length} comparisons` : ''}`,
  };
}

function amendmentList(amendments: readonly AmendmentText[]): Html {
  if (amendments.length === 0) return html`<p>None.</p>`;
  const items = amendments.map(
    ({ at, reason, what, known }) => html`<li>${moment(at)}, ${known}: ${what}. Reason given: ${reason}</li>\n`,
  );
  return html`<ol>${items}</ol>`;
}
