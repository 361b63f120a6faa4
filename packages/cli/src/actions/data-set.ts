import os from 'node:os';
import path from 'node:path';
import type { Dataset, DatasetPreset, Layout, PatientRuleSpec, UncertainPolicy } from '@chromaray/contracts';
import { describeDataset } from '@chromaray/data';
import type { Context } from '../context.js';

/** The options of every `data` command about the data set. */
export interface DataOptions {
  readonly layout?: Layout;
  readonly datasetPreset?: DatasetPreset;
  readonly classes?: readonly string[];
  readonly leaveOut?: readonly string[];
  readonly uncertain?: UncertainPolicy;
  readonly positive?: string;
  readonly followLinks?: boolean;
  readonly patient: PatientRuleSpec;
  /** A CSV list of records that are left out. */
  readonly exclude?: string;
}

/**
 * Reads a data set with progress on the terminal, however many of its files cannot be read: to say what is wrong with
 * it is what these commands are for. What files hold is remembered in the user's cache folder.
 */
export async function readDataset(directory: string, options: DataOptions, context: Context): Promise<Dataset> {
  const dataset = await describeDataset({
    path: directory,
    ...dataChoices(options),
    unreadableShare: 1,
    cacheDirectory: cacheFolder(),
    signal: context.signal,
    onProgress: ({ done, total }) => context.progress.update({ phase: 'reading', done, total, unit: 'images' }),
  });
  context.progress.end();
  return dataset;
}

/** The options about the data set among a command's. */
export function dataChoices({
  layout,
  datasetPreset,
  classes,
  leaveOut,
  uncertain,
  positive,
  followLinks,
  patient,
  exclude,
}: DataOptions) {
  return {
    patient,
    ...(layout !== undefined && { layout }),
    ...(datasetPreset !== undefined && { preset: datasetPreset }),
    ...(classes !== undefined && { classes }),
    ...(leaveOut !== undefined && { leaveOut }),
    ...(uncertain !== undefined && { uncertain }),
    ...(positive !== undefined && { positive }),
    ...(followLinks !== undefined && { followLinks }),
    ...(exclude !== undefined && { exclude }),
  };
}

/** By the XDG base directory specification. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME } = process.env;
  const base = XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : path.join(os.homedir(), '.cache');
  return path.join(base, 'chromaray');
}
