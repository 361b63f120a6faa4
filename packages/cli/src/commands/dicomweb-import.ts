import { type ImportResult, importStudies } from '@chromaray/study';
import { type Command, InvalidArgumentError } from 'commander';
import { type Context, lineWidth } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { writeJson } from '../report-error.js';
import { wrap } from '../terminal/wrap.js';
import { addServerOptions, credentialsHelp, type ServerOptions, serverOf } from './dicomweb-options.js';
import { collect, wholeNumber } from './options.js';

interface Options extends ServerOptions {
  readonly study: readonly string[];
  readonly modality: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
}

/** `chromaray dicomweb import <url> <out>` */
export function addDicomWebImport(parent: Command, context: Context): void {
  const command = parent
    .command('import')
    .description('fetch radiographs into a folder; run again to go on')
    .argument('<url>', 'the DICOMweb service, for example https://host/dicom-web')
    .argument('<out>', 'folder for the files, and instances.csv, which tells what they are')
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
    .action(async (url: string, output: string, options: Options) => {
      const { study, modality, from, to, limit } = options;
      const result = await importStudies({
        server: serverOf(url, options, context),
        output,
        filter: {
          ...(study.length > 0 && { studies: study }),
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
          ...(limit !== undefined && { limit }),
        },
        ...(modality.length > 0 && { modalities: modality }),
        onProgress: ({ done, total }) =>
          context.progress.update({ phase: 'fetching', done, total, unit: 'radiographs' }),
      });
      context.progress.end();
      if (options.json) writeJson(context.out, { output, ...result });
      else context.out.write(`${format(result, output, lineWidth(context))}\n`);
      if (result.failed.length > 0) throw new EndedWith(exitCodes.failed);
    });
}

function format({ studies, written, present, failed }: ImportResult, output: string, width: number): string {
  return [
    `${written.length} radiographs of ${studies} studies fetched into ${output}; ${present} were there already.`,
    ...(failed.length === 0 ? [] : [`${failed.length} could not be fetched; run the same command again for them:`]),
    ...failed.map(({ message }) => wrap(message, width)),
  ].join('\n');
}

function day(text: string): string {
  if (/^\d{8}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a day as 20260131');
}
