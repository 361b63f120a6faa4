import { metric, percent } from '@chromaray/base';
import type { ArmExplanation, ExplainedCase, Outcome } from '@chromaray/contracts';
import { type Html, html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import { embeddedPicture } from './embedded-picture.js';
import type { Section } from './section.js';

const outcomes: readonly (readonly [Outcome, string])[] = [
  ['false negative', 'missed'],
  ['false positive', 'false alarm'],
  ['true positive', 'found'],
  ['true negative', 'true negative'],
];

/** The surest answers with their maps, an arm a row. */
export function mapsSection({ explanation, dataset }: ReportInput): readonly Section[] {
  if (explanation === undefined || explanation.explanation.arms.length === 0) return [];
  const { explanation: found, pictures } = explanation;
  return [
    {
      id: 'maps',
      title: 'What the surest answers rest on',
      short: 'Maps',
      reading: html`Left the X-ray, right what spoke for the answer: the lighter, the more; the line encloses at least half of the strongest. Whether such maps can be believed stands under <a href="#looking">where the networks look</a>; mistakes without maps under <a href="#mistakes">the control's surest mistakes</a>.`,
      body: html`${found.arms.map((arm) => armRow(arm, pictures, dataset.positive))}
<p>The folder <code>explanation</code> holds these and more; explanation.json the numbers.</p>`,
    },
  ];
}

function armRow({ arm, seed, cases }: ArmExplanation, pictures: ReadonlyMap<string, string>, positive: string): Html {
  const shown = outcomes.flatMap(([outcome, words]) => {
    const first = cases.find((one) => one.outcome === outcome);
    return first === undefined ? [] : [{ ...first, words }];
  });
  return html`<figure class="sample maps"><figcaption>${arm}, seed ${seed}</figcaption><div class="pictures wide">${shown.map(
    (one) => picture(one, arm, pictures.get(one.picture), positive),
  )}</div></figure>\n`;
}

function picture(
  { record, label, called, probability, shares, words }: ExplainedCase & { readonly words: string },
  arm: string,
  dataUri: string | undefined,
  positive: string,
): Html {
  const evidence =
    shares.border === null
      ? `nothing spoke for ${called}`
      : `${percent(shares.border, 0)} of the evidence at the border`;
  return html`<div>${
    dataUri === undefined
      ? null
      : html`<img src="${embeddedPicture(dataUri, `The map of ${record}`)}" alt="X-ray ${record}, in truth ${label}, and where ${arm} saw ${called}">`
  }<span><strong>${label}, ${words}</strong><br>${positive} by ${metric(probability)}; ${evidence}<br><span class="file">${record}</span></span></div>\n`;
}
