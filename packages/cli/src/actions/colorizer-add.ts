import { listed } from '@chromaray/base';
import { addColorizer, contracts, type InstalledColorizer } from '@chromaray/colour';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';

export interface ColorizerAddOptions {
  readonly contract: string;
  readonly name?: string;
  readonly input?: string;
  readonly output?: string;
  readonly sha256?: string;
  readonly licence?: string;
  readonly colorizers?: string;
  readonly json?: boolean;
}

/** What `chromaray colorizer add <file.onnx>` does. */
export async function colorizerAddAction(file: string, options: ColorizerAddOptions, context: Context): Promise<void> {
  const { contract, name, input, output, sha256, licence, colorizers } = options;
  const added = await addColorizer(file, {
    contract,
    ...(name !== undefined && { name }),
    tensors: { ...(input !== undefined && { input }), ...(output !== undefined && { output }) },
    ...(sha256 !== undefined && { sha256 }),
    ...(licence !== undefined && { licence }),
    ...(colorizers !== undefined && { folder: colorizers }),
  });
  if (options.json) writeJson(context.out, added);
  else {
    printText(
      context.out,
      [
        `${added.name} is installed as ${added.file}, pinned to SHA-256 ${added.sha256}.`,
        ...sizesText(added),
        `In a study file: colour: { colorizer: ${added.name} }`,
      ].join('\n'),
    );
  }
}

/** At which render factors the network works, and what it uses where none is asked for. */
function sizesText({ renderFactors, contract }: InstalledColorizer): readonly string[] {
  if (renderFactors === undefined) return [];
  const { standard } = contracts[contract].renderFactor;
  const [only] = renderFactors;
  if (renderFactors.length === 1) return [`It works at render factor ${only} (${16 * only!} x ${16 * only!} pixels).`];
  const works = `It works at render factors ${listed(renderFactors.map(String))}`;
  if (renderFactors.includes(standard)) return [`${works}.`];
  return [
    `${works}, not at ${standard}, the contract's: without --render-factor, ${Math.max(...renderFactors)} is used. See docs/colour.md on odd factors.`,
  ];
}
