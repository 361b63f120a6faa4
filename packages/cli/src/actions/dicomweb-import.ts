import { count, counted } from '@chromaray/base';
import { type ImportResult, importStudies } from '@chromaray/data';
import type { Context } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { type ServerOptions, serverOf } from './dicomweb-server.js';

export interface DicomWebImportOptions extends ServerOptions {
  readonly study: readonly string[];
  readonly modality: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
}

/** What `chromaray dicomweb import <url> <out>` does. */
export async function dicomWebImportAction(
  url: string,
  output: string,
  options: DicomWebImportOptions,
  context: Context,
): Promise<void> {
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
    onProgress: ({ done, total }) => context.progress.update({ phase: 'fetching', done, total, unit: 'radiographs' }),
  });
  context.progress.end();
  if (options.json) writeJson(context.out, { output, ...result });
  else printText(context.out, format(result, output));
  if (result.failed.length > 0) throw new EndedWith(exitCodes.failed);
}

function format({ studies, written, present, failed }: ImportResult, output: string): string {
  return [
    `${counted(written.length, 'radiograph')} of ${counted(studies, 'study', 'studies')} fetched into ${output}; ${count(present)} were there already.`,
    ...(failed.length === 0
      ? []
      : [`${count(failed.length)} could not be fetched; run the same command again for them:`]),
    ...failed.map(({ message }) => message),
  ].join('\n');
}
