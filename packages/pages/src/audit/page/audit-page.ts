import { counted, listed } from '@chromaray/base';
import type { Audit, Dataset, Finding, Severity } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import { page } from '../../kit/page.js';
import { pageScript } from '../../kit/script/index.js';
import { classMeans } from './class-means.js';
import { gallery } from './gallery.js';

const words: Readonly<Record<Severity, string>> = { blocks: 'Blocks', warns: 'Warning', notes: 'Note' };
const recordsListed = 12;
/** A pair stands side by side on a phone as well. */
const style = `.pictures.roomy { grid-template-columns: repeat(auto-fill, minmax(min(45%, 10.5rem), 1fr)); }
.pictures.triple { grid-template-columns: repeat(3, minmax(0, 1fr)); max-width: 44rem; }
.pictures.triple > span { overflow-wrap: anywhere; }
@media (max-width: 36rem) { .pictures.roomy { grid-template-columns: repeat(2, minmax(0, 1fr)); } .pictures.triple { grid-template-columns: repeat(3, minmax(0, 1fr)) !important; } }
`;

/** The audit as one HTML file that needs nothing beside it, with the pictures behind the findings. */
export async function auditPage(audit: Audit, dataset: Dataset): Promise<string> {
  const { counts, findings, checks, notRun = [] } = audit;
  const sections = await Promise.all(findings.map((finding) => findingSection(finding, dataset)));
  const patients = counts.patients === null ? 'patients unknown' : counted(counts.patients, 'patient');
  const unchecked =
    notRun.length === 0
      ? null
      : html`<div class="warning"><p><strong>Not checked</strong></p><ul>${notRun.map(({ check, reason }) => html`<li>${reason} <code>${check}</code></li>`)}</ul></div>\n`;
  const body = html`<header>
<p class="eyebrow"><strong>Chromaray</strong> audit of <span class="file">${dataset.root}</span></p>
${headline(audit)}
<p class="basis">${counted(counts.records, 'image')}, ${patients}. ${summary(counts, checks.length)}</p>
${unchecked}<p class="notice">For research use only, not for diagnosis. The pictures below are those of the data set: share this page only as far as the data may be shared.</p>
</header>
<main class="page">
<nav aria-label="Findings"><details class="contents"><summary>Findings</summary><ol>${findings.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></details></nav>
<div>
${sections}</div>
</main>
<footer><p>Data set ${audit.dataset}</p></footer>
`;
  return page({ title: `Audit of ${dataset.root}`, body, style, script: pageScript });
}

/** What the checks came to; what there is none of is said in words. */
function summary({ blocks, warns, notes }: Audit['counts'], checks: number): string {
  const found = [
    ...(blocks === 0
      ? ['nothing that stops a study']
      : [`${counted(blocks, 'finding')} that ${blocks === 1 ? 'stops' : 'stop'} a study`]),
    ...(warns === 0 ? [] : [counted(warns, 'warning')]),
    ...(notes === 0 ? [] : [counted(notes, 'note')]),
  ];
  return `${counted(checks, 'check')} found ${listed(found)}.`;
}

/** The gravest finding, in large type; that there is none only where nothing was found and everything was looked at. */
function headline({ findings, notRun = [] }: Audit) {
  const [gravest] = findings;
  if (gravest === undefined) {
    return notRun.length > 0
      ? html`<h1>Nothing was found in what could be checked</h1>`
      : html`<h1>Nothing was found</h1>`;
  }
  const { severity, title, reason } = gravest;
  const isGrave = severity !== 'notes';
  return html`<p><span class="tag${isGrave ? ' partial' : null}">${words[severity]}</span></p>
<h1${severity === 'blocks' ? html` class="invalid"` : null}>${title}</h1>
<p class="statement">${reason}</p>`;
}

async function findingSection(finding: Finding, dataset: Dataset) {
  const { id, severity, title, reason, remedy, records } = finding;
  const means =
    id === 'label-from-border' || id === 'label-from-thumbnail'
      ? await classMeans(dataset, id === 'label-from-border')
      : null;
  const pictures = await gallery(finding, dataset);
  const more = records.length - recordsListed;
  const listed =
    pictures === null && records.length > 0
      ? html`<ul class="files">${records.slice(0, recordsListed).map((record) => html`<li class="file">${record}</li>`)}${
          more > 0 ? html`<li>and ${more} more in audit.json</li>` : null
        }</ul>`
      : null;
  return html`<section id="${id}">
<h2>${title}</h2>
<p><span class="tag${severity === 'notes' ? null : ' partial'}">${words[severity]}</span> <code>${id}</code></p>
<p>${reason}</p>
<p><strong>What to do:</strong> ${remedy}</p>
${means}${listed}${pictures}</section>
`;
}
