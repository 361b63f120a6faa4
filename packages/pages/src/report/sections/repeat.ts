import { bytes, counted, duration, moment } from '@chromaray/base';
import { html } from '../../kit/html.js';
import type { ReportCommand, ReportFile, ReportInput, ReportWeights } from '../report-input.js';
import { type Section, table, terms } from './section.js';

/** Everything needed to make the same numbers again. */
export function repeatSection({
  verdict,
  studyFile,
  pretrained,
  started,
  finished,
  commands,
  files,
}: ReportInput): Section {
  const { machine, versions } = verdict;
  return {
    id: 'repeat',
    title: 'Commands, study file, machine and versions',
    short: 'Commands and versions',
    body: html`${commands.map(({ command, purpose }: ReportCommand) => html`<pre tabindex="0"><code>${command}</code></pre><p class="under">${purpose}</p>\n`)}
<h4>The study file, as run</h4>
<pre tabindex="0"><code>${studyFile}</code></pre>
<h4>Where and when</h4>
${terms([
  ...(pretrained === undefined ? [] : [['Pretrained weights', weightsText(pretrained)] as const]),
  ['Started', moment(started)],
  ['Finished', finished === null ? 'not yet' : moment(finished)],
  ['Computing time', duration(verdict.seconds)],
  [
    'Machine',
    `${machine.processor}, ${counted(machine.cores, 'core')}, ${bytes(machine.memoryBytes)} memory, ${machine.system} (${machine.architecture})`,
  ],
  ['Accelerator', machine.accelerator ?? 'none'],
  [
    'Versions',
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  ],
])}
${
  files.length === 0
    ? null
    : table<ReportFile>(
        'table-files',
        'Files beside this report in the folder of the study.',
        [
          { head: 'File', cell: ({ path }) => html`<a href="${relative(path)}">${path}</a>` },
          { head: 'What it holds', cell: ({ purpose }) => purpose, kind: 'words' },
        ],
        files,
      )
}`,
  };
}

function weightsText({ file, sha256, licence }: ReportWeights): string {
  return `${file}, SHA-256 ${sha256}; licence: ${licence ?? 'the file names none, ask where it comes from'}`;
}

/** A link that can only lead to a file below the report's own folder. */
function relative(path: string): string {
  return `./${path.split('/').map(encodeURIComponent).join('/')}`;
}
