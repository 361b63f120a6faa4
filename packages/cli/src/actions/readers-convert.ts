import path from 'node:path';
import { counted, listed, writeFileAtomic } from '@chromaray/base';
import { rjafrocFiles, type StudyReading, writeImrmc, writeLongCsv, writeRjafroc } from '@chromaray/results';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { readingsFrom } from './readings-file.js';

export type ConvertedFormat = 'csv' | 'imrmc' | 'rjafroc';

export interface ReadersConvertOptions {
  readonly to: ConvertedFormat;
  readonly out: string;
  readonly json?: boolean;
}

/** What `chromaray readers convert <ratings>` does. */
export async function readersConvertAction(
  file: string,
  { to, out, json }: ReadersConvertOptions,
  context: Context,
): Promise<void> {
  writeConverted(readingsFrom(file), { to, out, title: path.basename(file), json: json ?? false }, context);
}

/** Writes readings for another program, and says where. */
export function writeConverted(
  readings: readonly StudyReading[],
  { to, out, title, json }: Readonly<{ to: ConvertedFormat; out: string; title: string; json: boolean }>,
  context: Context,
): void {
  const files = converted(readings, to, out, title);
  for (const [place, text] of files) writeFileAtomic(place, text);
  const written = files.map(([place]) => place);
  if (json) writeJson(context.out, { readings: readings.length, files: written });
  else printText(context.out, `${counted(readings.length, 'reading')} written to ${listed(written)}.`);
}

function converted(
  readings: readonly StudyReading[],
  to: ConvertedFormat,
  out: string,
  title: string,
): readonly (readonly [place: string, text: string])[] {
  if (to === 'csv') return [[out, writeLongCsv(readings)]];
  if (to === 'imrmc') return [[out, writeImrmc(readings, `${title}, written by Chromaray`)]];
  const { truth, nl, ll } = writeRjafroc(readings);
  return [
    [path.join(out, rjafrocFiles.truth), truth],
    [path.join(out, rjafrocFiles.nl), nl],
    [path.join(out, rjafrocFiles.ll), ll],
  ];
}
