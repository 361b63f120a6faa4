import { count, decimal, percent } from '@chromaray/base';
import type { ReplicationResult } from '@chromaray/contracts';
import { type Html, html } from '@chromaray/pages';
import { publishedLead } from '../../published.js';

/** The first screen: what was asked, the four numbers that answer it, and what a reader must know first. */
export function opening(result: ReplicationResult): Html {
  const { original, unseen, controlled, colour, labels, cuts } = result;
  const coloured = controlled.arms.find(({ arm }) => arm === colour.name);
  return html`<header>
<p class="eyebrow">Chromaray replication <span aria-hidden="true">\u00b7</span> <strong>X-Ray Colorization & Neural Networks</strong> <span aria-hidden="true">\u00b7</span> ${result.dataset.name}</p>
<p class="asked">The question: do the claims of the study hold that colorized chest X-rays let a network distinguish ${labels.positive} from ${labels.negative} with an accuracy of ${percent(original.colour.published.accuracy, 2)}, ${decimal(100 * publishedLead, 1)} points more than gray ones?</p>
<h1>${headline(result)}</h1>
<p class="statement">${statement(result)}</p>
${warnings(cuts)}
<ul class="numbers">
${tile('A gray-final', original.gray.test.accuracy, `of ${count(original.gray.test.records)} X-rays`)}
${tile('A color-final', original.colour.test.accuracy, `of ${count(original.colour.test.records)} copies`)}
${tile('B color-final', unseen.accuracy, `of ${count(unseen.records)} X-rays not copied`)}
${coloured === undefined ? null : tile(`C ${coloured.arm}`, coloured.accuracy, `of ${count(controlled.verdict.counts.test.records)} X-rays, patients apart`)}
</ul>
<p class="basis">${labels.note} ${colour.note}</p>
<p class="notice"><strong>${result.notice}</strong></p>
</header>`;
}

/** What limits the answer: named in sight below it, the details folded. */
function warnings(cuts: readonly string[]): Html {
  return html`<details class="warning"><summary><strong>Risk accepted</strong>: the verdict of A is <strong>invalid</strong></summary><p>The audit would have stopped both networks of A before training. They were trained in spite of it, because that is what is being replicated. See <a href="#audit">the findings</a>.</p></details>
${
  cuts.length === 0
    ? null
    : html`<details class="warning"><summary><strong>Made quicker</strong>: this is not the full replication; ${cuts.length === 1 ? '1 thing was' : `${count(cuts.length)} things were`} cut</summary><ul>${cuts.map((cut) => html`<li>${cut}</li>`)}</ul></details>`
}`;
}

function headline({ claims }: ReplicationResult): string {
  const held = claims.filter(({ outcome }) => outcome === 'reproduced').length;
  return held === 0 ? 'No claim held up' : `${count(held)} of ${count(claims.length)} claims held up`;
}

function statement({ original, unseen }: ReplicationResult): string {
  const { sources, test } = original.colour;
  return (
    `Trained and tested as the study did it, the colour network is right on ${percent(test.accuracy, 2)} of ${count(test.records)} pictures, ` +
    `which are copies of ${count(sources.test)} X-rays; ${count(sources.inBoth)} of these are in its training part too. ` +
    `On ${count(unseen.records)} X-rays that it has not copied it is right on ${percent(unseen.accuracy)}.`
  );
}

function tile(name: string, accuracy: number, of: string): Html {
  return html`<li><span class="arm">${name}</span><span class="big">${percent(accuracy)}</span><span class="small">accuracy</span><span class="small">${of}</span></li>`;
}
