import { missing, bytes as sizeText } from '@chromaray/base';
import { defaultColorizerFolder, installedColorizers, knownColorizers } from '@chromaray/colour';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';

export interface ColorizerListOptions {
  readonly colorizers?: string;
  readonly json?: boolean;
}

/** What `chromaray colorizer list` does. */
export function colorizerListAction(options: ColorizerListOptions, context: Context): void {
  const folder = options.colorizers ?? defaultColorizerFolder();
  const installed = installedColorizers(folder);
  const there = new Set(installed.map(({ name }) => name));
  const known = knownColorizers().filter(({ name }) => !there.has(name));
  if (options.json) writeJson(context.out, { folder, installed, known });
  else printText(context.out, format(folder, installed, known, lineWidth(context.out)));
}

function format(
  folder: string,
  installed: ReturnType<typeof installedColorizers>,
  known: ReturnType<typeof knownColorizers>,
  width: number,
): string {
  const lines =
    installed.length === 0 ? [`No colorizing network is installed in ${folder}.`] : [`Installed in ${folder}:`];
  if (installed.length > 0) {
    const rows = installed.map(({ name, contract, bytes, sha256, licence }) => [
      name,
      contract,
      sizeText(bytes),
      sha256.slice(0, 12),
      licence ?? missing,
    ]);
    lines.push(formatTable(['name', 'contract', 'size', 'SHA-256', 'licence'], rows, width));
  }
  if (known.length > 0) {
    const rows = known.map(({ name, contract, bytes, licence, url }) => [
      name,
      contract,
      sizeText(bytes),
      licence,
      url === null ? 'export it, then colorizer add' : `colorizer pull ${name}`,
    ]);
    lines.push('', 'Known:', formatTable(['name', 'contract', 'size', 'licence', 'how to get it'], rows, width));
  }
  return lines.join('\n');
}
