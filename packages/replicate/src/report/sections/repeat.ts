import { duration, listed } from '@chromaray/base';
import type { ReplicationResult } from '@chromaray/contracts';
import { html, type Section, terms } from '@chromaray/pages';

/** How to get these numbers again, and what stands beside the report. */
export function repeatSection({
  original,
  controlled,
  machine,
  versions,
  cuts,
  dataset,
  seconds,
}: ReplicationResult): Section {
  const folders = [original.colour.folder, original.gray.folder, controlled.folder];
  return {
    id: 'repeat',
    title: 'How can it be repeated?',
    short: 'Repeat it',
    body: html`<pre tabindex="0"><code>chromaray replicate original --data ${dataset.name}${cuts.length === 0 ? null : ' --fast'}</code></pre>
${terms([
  ['Data set', html`${dataset.name}, ${dataset.records} X-rays, content hash <code>${dataset.hash}</code>`],
  ['Machine', `${machine.processor}, ${machine.cores} cores, ${machine.system}`],
  ['Versions', listed(Object.entries(versions).map(([name, version]) => `${name} ${version}`))],
  ['Time', `${duration(seconds)}; what an earlier run had finished is not counted`],
  [
    'Beside this report',
    html`<span class="file">replicate.json</span> with every number, and the folders ${listed(folders)} with audit, manifest, models and predictions; the controlled study has a <a href="${controlled.folder}/report.html">report of its own</a>.`,
  ],
])}`,
  };
}
