import { type Command, InvalidArgumentError } from 'commander';
import type { DicomWebImportOptions } from '../actions/dicomweb-import.js';
import type { Context } from '../context.js';
import { addServerOptions, credentialsHelp } from './dicomweb-options.js';
import { collect, wholeNumber } from './options.js';

/** `chromaray dicomweb import <url> <out>` */
export function addDicomWebImport(parent: Command, context: Context): void {
  const command = parent
    .command('import')
    .description('fetch radiographs into a folder; run again to resume')
    .argument('<url>', 'the DICOMweb service, for example https://host/dicom-web')
    .argument('<out>', 'folder for the files, and instances.csv, which lists them')
    .option('--study <uid>', 'only this study; may be given several times', collect, [])
    .option('--modality <code>', 'only series of this modality; several times (default: CR and DX)', collect, [])
    .option('--from <day>', 'only studies since this day, as 20260131', day)
    .option('--to <day>', 'only studies up to this day', day)
    .option('--limit <n>', 'at most so many studies', wholeNumber(1, 1_000_000));
  addServerOptions(command)
    .addHelpText(
      'after',
      `${credentialsHelp}
The files hold what the archive holds, names of patients too; the folder is readable for you alone. File names are
pseudonyms; instances.csv has their UIDs.

Examples:
  chromaray dicomweb import https://archive.example/dicom-web xrays --from 20250101 --to 20251231
  chromaray dicomweb import https://archive.example/dicom-web xrays --study 1.2.840.113619.2.5`,
    )
    .action(async (url: string, output: string, options: DicomWebImportOptions) => {
      const { dicomWebImportAction } = await import('../actions/dicomweb-import.js');
      await dicomWebImportAction(url, output, options, context);
    });
}

function day(text: string): string {
  if (/^\d{8}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a day as 20260131');
}
