import { counted, listed, moment } from '@chromaray/base';
import { currentReaderPlan, type ReaderPlan, type ReaderRegistration } from '@chromaray/contracts';
import { html, page, terms } from '@chromaray/pages';
import { changeText, meritName } from '@chromaray/results';

/** The registration of a reader study for people, to be published before the first reading. */
export function readerRegistrationPage(registration: ReaderRegistration): string {
  const { study, registered, program, checked, hash, amendments } = registration;
  const plan = currentReaderPlan(registration);
  const inForce = amendments.at(-1)?.hash ?? hash;
  const body = html`<header>
<p class="eyebrow"><strong>Chromaray</strong> registration of the reader study <span class="file">${study}</span></p>
<h1>${plan.question}</h1>
<p class="statement">Registered at ${moment(registered)} with Chromaray ${program}, before the first reading. Every picture was looked at for burnt-in text, as stated at ${moment(checked)}.</p>
<p class="notice">For research use only, not for diagnosis.</p>
</header>
<div class="page"><main>
<section aria-labelledby="plan"><h2 id="plan">${amendments.length === 0 ? 'The plan' : 'The plan, as amended'}</h2>
${terms(planTerms(plan))}
</section>
<section aria-labelledby="amendments"><h2 id="amendments">Amendments</h2>
${
  amendments.length === 0
    ? html`<p>None.</p>`
    : html`<ol>${amendments.map(
        ({ at, reason, changes, readings }) =>
          html`<li>${moment(at)}, ${readings === 0 ? 'before the first reading' : `after ${counted(readings, 'reading')}`}: ${changes.map(changeText).join('; ')}. Reason given: ${reason}</li>\n`,
      )}</ol>`
}
</section>
<section aria-labelledby="check"><h2 id="check">How to check it</h2>
<p>The plan has the SHA-256 hash <code>${inForce}</code>${inForce === hash ? null : html`; as first registered, <code>${hash}</code>`}. It is that of the <code>plan</code> in registration.json, written as JSON with sorted keys and without spaces.</p>
<details><summary>The plan word for word</summary><pre tabindex="0"><code>${JSON.stringify(plan, null, 2)}</code></pre></details>
</section>
</main></div>
<footer><p>Made by Chromaray ${program}. For research only.</p></footer>
`;
  return page({ title: `Registration of ${study}`, body });
}

function planTerms({
  endpoint,
  arms,
  cases,
  design,
  readers,
  scale,
}: ReaderPlan): readonly (readonly [string, string])[] {
  const { metric, cut, range, margin, alpha, correction } = endpoint;
  const control = arms.find((arm) => arm.control)!.name;
  const others = arms.filter((arm) => !arm.control).map(({ name }) => name);
  const at = cut === undefined ? '' : ` at a rating of ${cut} or more`;
  const between = range === undefined ? '' : ` between false positive rates of ${range[0]} and ${range[1]}`;
  return [
    [
      'Endpoint',
      `Difference in ${meritName(metric)}${at}${between}, by Obuchowski and Rockette's method (${endpoint.covariance}), readers ${endpoint.readers}, cases ${endpoint.cases}; differences under ${margin} do not count; two-sided error rate ${alpha}${correction === 'holm' && others.length > 1 ? `, Holm's correction for ${others.length} comparisons` : ''}.`,
    ],
    ['Arms', `${listed(others)} against the control ${control}.`],
    [
      'Cases',
      `${counted(cases.count, 'case')}, ${cases.positives} of class ${cases.positive} and ${cases.count - cases.positives} of ${cases.negative}; list SHA-256 ${cases.hash}${cases.withdrawn.length === 0 ? '' : `; ${counted(cases.withdrawn.length, 'case')} withdrawn later`}. ${cases.training === 0 ? 'No training cases.' : `${counted(cases.training, 'training case')}, never counted.`}`,
    ],
    ['Readers', `${counted(readers.length, 'reader')}: ${listed(readers)}.`],
    [
      'Design',
      `${design.kind}${design.blocks === undefined ? '' : ` with ${design.blocks} blocks`}, ${counted(design.sessions ?? (design.kind === 'sequential' ? 1 : arms.length), 'session')}, washout ${counted(design.washout, 'day')}.`,
    ],
    [
      'Scale',
      `Confidence from 0 (${scale.anchors[0]}) over 50 (${scale.anchors[1]}) to 100 (${scale.anchors[2]}) that ${scale.finding} is present${scale.call ? ', and a yes or no' : ''}.`,
    ],
  ];
}
