import path from 'node:path';
import { counted } from '@chromaray/base';
import { demoPhantoms, writePhantomDataset } from '@chromaray/data';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';

export interface DataPhantomsOptions {
  readonly patients: number;
  readonly seed: string;
  readonly json?: boolean;
}

/** What `chromaray data phantoms <dir>` does. */
export async function dataPhantomsAction(
  directory: string,
  { patients, seed, json }: DataPhantomsOptions,
  { progress, signal, out }: Context,
): Promise<void> {
  const { records, settings } = await writePhantomDataset(path.resolve(directory), demoPhantoms(patients, seed), {
    signal,
    onProgress: ({ done, total }) => progress.update({ phase: 'drawing', done, total, unit: 'images' }),
  });
  progress.end();
  const folder = path.relative('', path.resolve(directory)) || '.';
  if (json) writeJson(out, { folder: path.resolve(directory), records: records.length, settings });
  else
    printText(out, `${counted(records.length, 'synthetic X-ray')} in ${folder}, in the folders of the Kaggle release.`);
}
