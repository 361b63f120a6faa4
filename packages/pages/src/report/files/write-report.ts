import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '@chromaray/base';
import type { ReportInput } from '../report-input.js';
import { reportFiles } from './report-files.js';

/** Folders that belong to the report alone, with the endings of what it writes there. */
const owned: Readonly<Record<string, readonly string[]>> = { tables: ['.csv', '.tex'], figures: ['.svg'] };

/** Writes the report and what stands beside it into a study's folder; tables and figures of an earlier one go. */
export function writeReport(folder: string, input: ReportInput): void {
  const files = reportFiles(input);
  for (const { path: relative, text } of files) writeFileAtomic(path.join(folder, ...relative.split('/')), text);
  const written = new Set(files.map((file) => file.path));
  for (const [name, endings] of Object.entries(owned)) {
    const directory = path.join(folder, name);
    for (const file of existsSync(directory) ? readdirSync(directory) : []) {
      if (endings.includes(path.extname(file)) && !written.has(`${name}/${file}`)) rmSync(path.join(directory, file));
    }
  }
}
