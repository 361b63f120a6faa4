import { counted, listed, moment } from '@chromaray/base';
import {
  armDifferences,
  causesSentences,
  currentPlan,
  differingText,
  type RegisteredPlan,
  type Registration,
} from '@chromaray/contracts';
import { html } from '../kit/html.js';
import { page } from '../kit/page.js';
import { terms } from '../report/sections/section.js';

/** One amendment, in words. */
export interface AmendmentText {
  readonly at: string;
  readonly reason: string;
  readonly what: string;
  readonly known: string;
}

/**
 * A registration for readers, to be published before the study runs (on OSF, for example) or handed in with it: what is
 * asked, how it is measured, on what, and the hash by which anyone can check that nothing of it was changed.
 */
export function registrationPage(registration: Registration, amendments: readonly AmendmentText[]): string {
  const { study, registered, program, hash, finishedTrials, origin } = registration;
  const plan = currentPlan(registration);
  const inForce = registration.amendments.at(-1)?.hash ?? hash;
  const before =
    finishedTrials === 0
      ? 'No trial of the study had been trained.'
      : `${counted(finishedTrials, 'trial')} of the study had been trained already: the plan was not declared before training.`;
  const body = html`<header>
<p class="eyebrow"><strong>Chromaray</strong> registration of <span class="file">${study}</span></p>
<h1>${plan.question}</h1>
<p class="statement">${origin === 'older version' ? 'Written for a study that was begun before Chromaray kept registrations; begun' : 'Registered'} at ${moment(registered)} with Chromaray ${program}. ${before}</p>
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
    : html`<ol>${amendments.map(({ at, reason, what, known }) => html`<li>${moment(at)}, ${known}: ${what}. Reason given: ${reason}</li>\n`)}</ol>`
}
</section>
<section aria-labelledby="check"><h2 id="check">How to check it</h2>
<p>The plan has the SHA-256 hash <code>${inForce}</code>${inForce === hash ? null : html`; as first registered, <code>${hash}</code>`}. It is that of the <code>plan</code> in registration.json, written as JSON with sorted keys and without spaces. A study whose report names the same hash was run by this plan.</p>
<details><summary>The plan word for word</summary><pre tabindex="0"><code>${JSON.stringify(plan, null, 2)}</code></pre></details>
</section>
</main></div>
<footer><p>Made by Chromaray ${program}. For research only.</p></footer>
`;
  return page({ title: `Registration of ${study}`, body });
}

/** In what the arms differ, and where that leaves more than one possible cause. Colour alone needs no words: names say it. */
function differing(plan: RegisteredPlan): readonly (readonly [string, string])[] {
  const keys = armDifferences(plan);
  if (keys.every(({ kind }) => kind === 'colour')) return [];
  const texts = keys.map(
    ({ key, values }) => `${key}: ${plan.arms.map(({ name }, i) => `${name} ${differingText(values[i])}`).join(', ')}`,
  );
  return [['What differs', [`${texts.join('; ')}.`, ...causesSentences(plan)].join(' ')]];
}

/** Words for a term that holds for all arms but those that override it. */
function exceptIn(
  { arms }: RegisteredPlan,
  ...sections: readonly ('balance' | 'image' | 'model' | 'training')[]
): string {
  const others = arms.filter((arm) => sections.some((key) => arm[key] !== undefined)).map(({ name }) => name);
  return others.length === 0
    ? ''
    : `, but for what ${listed(others)} ${others.length === 1 ? 'has' : 'have'} of ${others.length === 1 ? 'its' : 'their'} own`;
}

function planTerms(plan: RegisteredPlan): readonly (readonly [string, string])[] {
  const { dataset, split, arms, model, training, seeds, endpoint, image, balance } = plan;
  const { metric, margin, alpha, correction } = endpoint;
  const control = arms.find((arm) => arm.control)?.name ?? '';
  const others = arms.filter((arm) => !arm.control).map(({ name }) => name);
  return [
    [
      'Endpoint',
      `Difference in ${metric.toUpperCase()} on the test part; differences under ${margin} do not count; two-sided error rate ${alpha}${correction === 'holm' && others.length > 1 ? `, Holm's correction for ${others.length} comparisons` : ''}.`,
    ],
    ['Arms', `${listed(others)} against the control ${control}.`],
    ...differing(plan),
    ['Seeds', `${listed(seeds.map(String))}: ${counted(seeds.length * arms.length, 'trial')}.`],
    [
      'Data set',
      `${counted(dataset.records, 'X-ray')} (${dataset.positive} against ${dataset.negative}), content hash ${dataset.hash}.`,
    ],
    [
      'Split',
      `Method ${split.method}, seed ${split.seed}. Classes balanced by: ${balance.method}${exceptIn(plan, 'balance')}.`,
    ],
    [
      'Network',
      `${model.preset ?? `ONNX file ${model.onnx}`} at ${image.size} x ${image.size} pixels${exceptIn(plan, 'model', 'image')}.`,
    ],
    [
      'Training',
      `${training.optimizer}, learning rate ${training.learningRate}, batches of ${training.batch}, ${counted(training.epochs, 'epoch')}; weights of the ${training.select} epoch${exceptIn(plan, 'training')}.`,
    ],
  ];
}
