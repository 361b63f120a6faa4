import { type SendResult, sendColourised } from '@chromaray/data';
import { applyColourTable, colourTable } from '@chromaray/imaging';
import { type Context, lineWidth } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { writeJson } from '../report-error.js';
import { wrap } from '../terminal/wrap.js';
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
  else context.out.write(`${format(result, lineWidth(context))}\n`);
  if (result.failed.length > 0) throw new EndedWith(exitCodes.failed);
}

function format({ sent, failed }: SendResult, width: number): string {
  return [
    `${sent.length} coloured ${sent.length === 1 ? 'radiograph' : 'radiographs'} stored, for research use only.`,
    ...(failed.length === 0 ? [] : [`${failed.length} could not be sent:`]),
    ...failed.map(({ file, message }) => wrap(message.includes(file) ? message : `${file}: ${message}`, width)),
  ].join('\n');
}
