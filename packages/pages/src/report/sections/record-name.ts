import type { Part } from '@chromaray/contracts';
import { type Html, html } from '../../kit/html.js';

/** How folders name the parts. */
const folders: Readonly<Record<string, Part>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
  testing: 'test',
};

/** A record's name; where its folder names another part than it served in, that is said. */
export function recordName(record: string, served: Part): Html {
  const named = folderPart(record);
  return html`<span class="file">${record}</span>${
    named === null || named === served ? null : html` <span class="tag">${served} part of this study</span>`
  }`;
}

/** The same for text. */
export function recordText(record: string, served: Part): string {
  const named = folderPart(record);
  return named === null || named === served ? record : `${record} (${served} part of this study)`;
}

/** The part that a record's folders name, the outermost first; null where none does. */
function folderPart(record: string): Part | null {
  const named = record
    .toLowerCase()
    .split('/')
    .slice(0, -1)
    .find((folder) => Object.hasOwn(folders, folder));
  return named === undefined ? null : folders[named]!;
}
