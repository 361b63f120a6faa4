import { count, counted } from '@chromaray/base';
import { type SendResult, sendColourised } from '@chromaray/data';
import { applyColourTable, colourTable } from '@chromaray/imaging';
import type { Context } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { type ServerOptions, serverOf } from './dicomweb-server.js';

export interface DicomWebSendOptions extends ServerOptions {
  readonly map: string;
  readonly seed?: number;
}

/** What `chromaray dicomweb send <url> <in...>` does. */
export async function dicomWebSendAction(
  url: string,
  inputs: string[],
  options: DicomWebSendOptions,
  context: Context,
): Promise<void> {
  const { map, seed } = options;
  const table = colourTable(map, seed === undefined ? {} : { seed });
  const result = await sendColourised({
    server: serverOf(url, options, context),
    inputs,
    colouring: {
      name: `colour map ${map}${seed === undefined ? '' : ` ${seed}`}`,
      apply: (gray) => applyColourTable(gray, table),
    },
    onProgress: ({ done, total }) => context.progress.update({ phase: 'sending', done, total, unit: 'radiographs' }),
  });
  context.progress.end();
  if (options.json) writeJson(context.out, { url, map, ...result });
  else printText(context.out, format(result));
  if (result.failed.length > 0) throw new EndedWith(exitCodes.failed);
}

function format({ sent, failed }: SendResult): string {
  return [
    `${counted(sent.length, 'coloured radiograph')} stored, for research use only.`,
    ...(failed.length === 0 ? [] : [`${count(failed.length)} could not be sent:`]),
    ...failed.map(({ file, message }) => (message.includes(file) ? message : `${file}: ${message}`)),
  ].join('\n');
}
