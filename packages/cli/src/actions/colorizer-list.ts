import { missing, bytes as sizeText } from '@chromaray/base';
import {
  defaultColorizerFolder,
  type InstalledColorizer,
  installedColorizers,
  knownColorizers,
  shippedColorizers,
} from '@chromaray/colour';
import { type InstalledState, installedState } from '@chromaray/installed';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';
import { stateText } from './installed-text.js';

export interface ColorizerListOptions {
  readonly colorizers?: string;
  readonly json?: boolean;
}

/** What `chromaray colorizer list` does. */
export async function colorizerListAction(options: ColorizerListOptions, context: Context): Promise<void> {
  const folder = options.colorizers ?? defaultColorizerFolder();
  const installed = await Promise.all(
    installedColorizers(folder).map(async (one) => ({ ...one, state: await installedState(one) })),
  );
  const shipped = shippedColorizers();
  const there = new Set(installed.map(({ name }) => name));
  const known = knownColorizers().filter(({ name }) => !there.has(name));
  if (options.json) writeJson(context.out, { shipped, folder, installed, known });
  else printText(context.out, format(shipped, folder, installed, known, lineWidth(context.out)));
}

function format(
  shipped: readonly InstalledColorizer[],
  folder: string,
  installed: readonly (InstalledColorizer & { readonly state: InstalledState })[],
  known: ReturnType<typeof knownColorizers>,
  width: number,
): string {
  const lines = ['With the program:'];
  const own = shipped.map(({ name, contract, bytes, licence }) => [
    name,
    contract,
    sizeText(bytes),
    licence ?? missing,
  ]);
  lines.push(formatTable(['name', 'contract', 'size', 'licence'], own, width), '');
  lines.push(installed.length === 0 ? `No colorizing network is installed in ${folder}.` : `Installed in ${folder}:`);
  if (installed.length > 0) {
    const rows = installed.map(({ name, contract, bytes, sha256, state, licence }) => [
      name,
      contract,
      sizeText(bytes),
      sha256.slice(0, 12),
      stateText[state],
      licence ?? missing,
    ]);
    lines.push(formatTable(['name', 'contract', 'size', 'SHA-256', 'file', 'licence'], rows, width));
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
