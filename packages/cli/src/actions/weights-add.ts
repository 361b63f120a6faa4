import { addWeights, type InstalledWeights, knownWeights } from '@chromaray/installed';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';

export interface WeightsAddOptions {
  readonly preset?: string;
  readonly name?: string;
  readonly sha256?: string;
  readonly licence?: string;
  readonly json?: boolean;
}

/** What `chromaray weights add <file>` does. */
export async function weightsAddAction(file: string, options: WeightsAddOptions, context: Context): Promise<void> {
  const { json, ...given } = options;
  const added = await addWeights(file, given);
  if (json) writeJson(context.out, added);
  else {
    printText(
      context.out,
      [
        `${added.name} is installed as ${added.file}, pinned to SHA-256 ${added.sha256}.`,
        `In a study file: ${modelText(added)}`,
        ...channelsText(added),
      ].join('\n'),
    );
  }
}

/** How a study file names these weights, with what is known of their pixels and sizes. */
export function modelText({ name, preset, channels }: InstalledWeights): string {
  const { input, size } = knownWeights().find((known) => known.name === name) ?? {};
  const scaling =
    input != null
      ? `, input: { range: [${input.range.join(', ')}] }`
      : channels === 1
        ? ', input: { range: [<low>, <high>] }'
        : '';
  const image = size == null ? '' : `image: { size: ${size} }, `;
  return `${image}model: { preset: ${preset}, weights: ${name}${scaling} }`;
}

function channelsText({ channels }: InstalledWeights): readonly string[] {
  return channels === 3 ? [] : ['The network takes one channel: gray arms only.'];
}
