import { colourMapNames } from '@chromaray/imaging/names';
import { type Command, Option } from 'commander';
import type { DicomWebSendOptions } from '../actions/dicomweb-send.js';
import type { Context } from '../context.js';
import { addServerOptions, credentialsHelp } from './dicomweb-options.js';
import { wholeNumber } from './options.js';

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
    .action(async (url: string, inputs: string[], options: DicomWebSendOptions) => {
      const { dicomWebSendAction } = await import('../actions/dicomweb-send.js');
      await dicomWebSendAction(url, inputs, options, context);
    });
}
