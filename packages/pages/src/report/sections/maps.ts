import { metric, percent } from '@chromaray/base';
import type { ArmExplanation, ExplainedCase, Outcome } from '@chromaray/contracts';
import { colourTable } from '@chromaray/imaging';
import { type Html, html } from '../../kit/html.js';
import type { MapPictures, ReportInput } from '../report-input.js';
import { embeddedPicture } from './embedded-picture.js';
import { recordName } from './record-name.js';
import type { Section } from './section.js';

const outcomes: readonly (readonly [Outcome, string])[] = [
  ['false negative', 'missed'],
  ['false positive', 'false alarm'],
  ['true positive', 'found'],
  ['true negative', 'true negative'],
];

/** The most confident answers with their maps, an arm after the other. */
export function mapsSection({ explanation, dataset, picturesLeftOut }: ReportInput): readonly Section[] {
  if (explanation === undefined || explanation.explanation.arms.length === 0) return [];
  const { explanation: found, pictures } = explanation;
  return [
    {
      id: 'maps',
      title: 'Maps of the most confident answers',
      short: 'Maps',
      reading: html`<a href="#looking">Where the networks look</a> says whether such maps can be believed; mistakes that most seeds share are under <a href="#mistakes">the control's most confident mistakes</a>.`,
      body: html`${pictures.size === 0 ? null : scale([...pictures.values()].every(({ asGiven }) => asGiven))}
${found.arms.map((arm) => armMaps(arm, pictures, dataset.positive))}
${picturesLeftOut === true ? html`<p>X-rays and maps were left out of this copy; explanation.json holds the numbers.</p>` : html`<p>The folder <code>explanation</code> holds these and more; explanation.json the numbers.</p>`}`,
    },
  ];
}

/** The colours of maps, from no evidence to the strongest place. */
function scale(asGiven: boolean): Html {
  const table = colourTable('inferno');
  const stops = Array.from({ length: 9 }, (_, i) => {
    const at = 3 * Math.round((255 * i) / 8);
    return `rgb(${table[at]} ${table[at + 1]} ${table[at + 2]})`;
  });
  return html`<div class="scale"><span>no evidence</span><span class="bar" role="img" aria-label="From black over purple and orange to light yellow" style="background: linear-gradient(to right, ${stops.join(', ')})"></span><span>strongest place of the map</span></div>
<p class="quiet">Left ${asGiven ? "what the arm's network was given" : 'the X-ray'}, right what spoke for its answer, half see-through over the X-ray; the line encloses what has at least half of the strongest.</p>`;
}

function armMaps(
  { arm, seed, cases }: ArmExplanation,
  pictures: ReadonlyMap<string, MapPictures>,
  positive: string,
): Html {
  const shown = outcomes.flatMap(([outcome, words]) => {
    const first = cases.find((one) => one.outcome === outcome);
    return first === undefined ? [] : [{ ...first, words }];
  });
  return html`<figure class="sample maps"><figcaption>${arm}, seed ${seed}</figcaption><div class="pictures pairs">${shown.map(
    (one) => mapPair(one, arm, pictures.get(one.picture), positive),
  )}</div></figure>\n`;
}

function mapPair(
  { record, label, called, probability, shares, words }: ExplainedCase & { readonly words: string },
  arm: string,
  shown: MapPictures | undefined,
  positive: string,
): Html {
  const evidence =
    shares.border === null
      ? `nothing spoke for ${called}`
      : `${percent(shares.border, 0)} of the evidence at the border`;
  const images =
    shown === undefined
      ? null
      : html`<div class="pair"><img src="${embeddedPicture(shown.seen, `The picture of ${record}`)}" alt="X-ray ${record}, in truth ${label}${shown.asGiven ? `, as given to ${arm}` : null}"><img src="${embeddedPicture(shown.map, `The map of ${record}`)}" alt="The same, and where ${arm} saw ${called}"></div>`;
  return html`<div>${images}<span><strong>${label}, ${words}</strong><br>${positive} by ${metric(probability)}; ${evidence}<br>${recordName(record, 'test')}</span></div>\n`;
}
