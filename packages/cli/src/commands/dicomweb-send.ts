import { applyColourTable, colourMapNames, colourTable } from '@chromaray/imaging';
import { type SendResult, sendColourised } from '@chromaray/study';
import { type Command, Option } from 'commander';
import { type Context, lineWidth } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { writeJson } from '../report-error.js';
import { wrap } from '../terminal/wrap.js';
import { addServerOptions, credentialsHelp, type ServerOptions, serverOf } from './dicomweb-options.js';
import { wholeNumber } from './options.js';

interface Options extends ServerOptions {
  readonly map: string;
  readonly seed?: number;
}

/** `chromaray dicomweb send <url> <in...>` */
export function addDicomWebSend(parent: Command, context: Context): void {
  const command = parent
    .command('send')
    .description('colour radiographs and store them as Secondary Captures that refer to their source')
    .argument('<url>', 'the DICOMweb service, for example https://host/dicom-web')
    .argument('<in...>', 'DICOM files, or folders of them')
    .addOption(new Option('--map <name>', 'colour map').choices(colourMapNames).default('turbo'))
    .option('--seed <n>', 'order of the map "shuffled"', wholeNumber(0, 4294967295));
  addServerOptions(command)
    .addHelpText(
      'after',
      `${credentialsHelp}
The objects name patient and study as their sources do; send them only to the archive that has the sources. Each is
marked for research use, and sent twice it is stored once.

Example:
  chromaray dicomweb send https://archive.example/dicom-web xrays --map turbo`,
    )
    .action(async (url: string, inputs: string[], options: Options) => {
      const { map, seed } = options;
      const table = colourTable(map, seed === undefined ? {} : { seed });
      const result = await sendColourised({
        server: serverOf(url, options, context),
        inputs,
        colouring: {
          name: `colour map ${map}${seed === undefined ? '' : ` ${seed}`}`,
          apply: (gray) => applyColourTable(gray, table),
        },
        onProgress: ({ done, total }) =>
          context.progress.update({ phase: 'sending', done, total, unit: 'radiographs' }),
      });
      context.progress.end();
      if (options.json) writeJson(context.out, { url, map, ...result });
      else context.out.write(`${format(result, lineWidth(context))}\n`);
      if (result.failed.length > 0) throw new EndedWith(exitCodes.failed);
    });
}

function format({ sent, failed }: SendResult, width: number): string {
  return [
    `${sent.length} coloured ${sent.length === 1 ? 'radiograph' : 'radiographs'} stored, for research use only.`,
    ...(failed.length === 0 ? [] : [`${failed.length} could not be sent:`]),
    ...failed.map(({ file, message }) => wrap(message.includes(file) ? message : `${file}: ${message}`, width)),
  ].join('\n');
}
