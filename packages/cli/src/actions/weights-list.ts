import { missing, bytes as sizeText } from '@chromaray/base';
import {
  defaultWeightsFolder,
  type InstalledState,
  type InstalledWeights,
  installedState,
  installedWeights,
  type KnownWeights,
  knownWeights,
} from '@chromaray/installed';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';
import { stateText } from './installed-text.js';

export interface WeightsListOptions {
  readonly json?: boolean;
}

type Checked = InstalledWeights & { readonly state: InstalledState };

/** What `chromaray weights list` does. */
export async function weightsListAction(options: WeightsListOptions, context: Context): Promise<void> {
  const folder = defaultWeightsFolder();
  const installed = await Promise.all(
    installedWeights(folder).map(async (one) => ({ ...one, state: await installedState(one) })),
  );
  const there = new Set(installed.map(({ name }) => name));
  const known = knownWeights().filter(({ name }) => !there.has(name));
  if (options.json) writeJson(context.out, { folder, installed, known });
  else printText(context.out, format(folder, installed, known, lineWidth(context.out)));
}

function format(folder: string, installed: readonly Checked[], known: readonly KnownWeights[], width: number): string {
  const lines = [installed.length === 0 ? `No weights are installed in ${folder}.` : `Installed in ${folder}:`];
  if (installed.length > 0) {
    const rows = installed.map(({ name, preset, channels, bytes, sha256, state, licence }) => [
      ...[name, preset, channels, sizeText(bytes), sha256.slice(0, 12), stateText[state], licence ?? missing],
    ]);
    const head = ['name', 'preset', 'channels', 'size', 'SHA-256', 'file', 'licence'];
    lines.push(formatTable(head, rows, width));
  }
  if (known.length > 0) {
    const rows = known.map(({ name, preset, licence, url }) => [
      ...[name, preset, licence, url === null ? 'export it, then weights add' : `weights pull ${name}`],
    ]);
    lines.push('', 'Known:', formatTable(['name', 'preset', 'licence', 'how to get it'], rows, width));
    lines.push('', 'How to export one: chromaray weights pull <name> says it, and docs/transfer.md.');
  }
  return lines.join('\n');
}
