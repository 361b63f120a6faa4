import { counted } from '@chromaray/base';
import type { Audit, Dataset, Finding, Severity } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import { page } from '../../kit/page.js';
import { gallery } from './gallery.js';

const words: Readonly<Record<Severity, string>> = { blocks: 'Blocks', warns: 'Warns', notes: 'Notes' };
const recordsListed = 12;

/** The audit as one HTML file that needs nothing beside it, with the pictures behind the findings. */
export async function auditPage(audit: Audit, dataset: Dataset): Promise<string> {
  const { counts, findings, checks } = audit;
  const sections = await Promise.all(findings.map((finding) => findingSection(finding, dataset)));
  const patients = counts.patients === null ? 'patients unknown' : counted(counts.patients, 'patient');
  const body = html`<header>
<p class="eyebrow"><strong>Chromaray</strong> audit of <span class="file">${dataset.root}</span></p>
<h1${counts.blocks > 0 ? html` class="invalid"` : null}>${counts.blocks > 0 ? `${counted(counts.blocks, 'finding')} would stop a study` : 'Nothing stops a study'}</h1>
<p class="statement">${counted(counts.records, 'image')}, ${patients}; ${counted(checks.length, 'check')} came to ${counted(counts.warns, 'warning')} and ${counted(counts.notes, 'note')} besides.</p>
<p class="notice">For research use only, not for diagnosis. The pictures below are those of the data set: share this page only as far as the data may be shared.</p>
</header>
<main class="page">
<nav aria-label="Findings"><p>Findings</p><ol>${findings.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>
<div>
${sections}</div>
</main>
<footer><p>Data set ${audit.dataset}</p></footer>
`;
  return page({ title: `Audit of ${dataset.root}`, body });
}

async function findingSection(finding: Finding, dataset: Dataset) {
  const { id, severity, title, reason, remedy, records } = finding;
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
${listed}${pictures}</section>
`;
}
