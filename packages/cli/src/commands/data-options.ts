import os from 'node:os';
import path from 'node:path';
import {
  type Dataset,
  type DatasetPreset,
  datasetPresets,
  describeDataset,
  type Layout,
  type PatientRuleSpec,
  type UncertainPolicy,
  uncertainPolicies,
} from '@chromaray/study';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.js';
import { layoutOption } from './options.js';

/** What every `data` command is told about the data set. */
export interface DataOptions {
  readonly layout?: Layout;
  readonly preset?: DatasetPreset;
  readonly classes?: readonly string[];
  readonly leaveOut?: readonly string[];
  readonly uncertain?: UncertainPolicy;
  readonly positive?: string;
  readonly patient: PatientRuleSpec;
}

const patientRules = ['auto', 'kermany', 'kermany-number', 'column', 'dicom', 'none'] as const;
const patternPrefix = 'pattern:';

/** Adds the options that say how a data set is to be read. */
export function addDataOptions(command: Command): Command {
  return command
    .addOption(layoutOption())
    .addOption(new Option('--preset <name>', 'a published data set with a manifest of its own').choices(datasetPresets))
    .option('--classes <names>', 'names of labels that are numbers, from 0: NORMAL,PNEUMONIA', names)
    .option('--leave-out <classes>', 'classes to leave out, with commas', names)
    .addOption(
      new Option('--uncertain <policy>', 'what uncertain labels of the preset chexpert become').choices(
        uncertainPolicies,
      ),
    )
    .option('--positive <class>', 'name of the positive class (default: PNEUMONIA where there is one)')
    .addOption(
      new Option(
        '--patient <rule>',
        `how patients are told apart: ${patientRules.join(', ')} or ${patternPrefix}<regular expression>`,
      )
        .default('auto')
        .argParser(patientRule),
    );
}

/** Reads a data set with progress on the terminal. What files hold is remembered in the user's cache folder. */
export async function readDataset(directory: string, options: DataOptions, context: Context): Promise<Dataset> {
  const dataset = await describeDataset({
    path: directory,
    ...dataChoices(options),
    cacheDirectory: cacheFolder(),
    signal: context.signal,
    onProgress: ({ done, total }) => context.progress.update({ phase: 'reading', done, total, unit: 'images' }),
  });
  context.progress.end();
  return dataset;
}

/** The options about the data set among a command's. */
export function dataChoices({ layout, preset, classes, leaveOut, uncertain, positive, patient }: DataOptions) {
  return {
    patient,
    ...(layout !== undefined && { layout }),
    ...(preset !== undefined && { preset }),
    ...(classes !== undefined && { classes }),
    ...(leaveOut !== undefined && { leaveOut }),
    ...(uncertain !== undefined && { uncertain }),
    ...(positive !== undefined && { positive }),
  };
}

function names(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

function patientRule(text: string): PatientRuleSpec {
  const named = patientRules.find((rule) => rule === text);
  if (named !== undefined) return named;
  if (text.startsWith(patternPrefix)) return { pattern: text.slice(patternPrefix.length) };
  throw new InvalidArgumentError(`It must be ${patientRules.join(', ')} or ${patternPrefix}<regular expression>`);
}

/** By the XDG base directory specification. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME } = process.env;
  const base = XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : path.join(os.homedir(), '.cache');
  return path.join(base, 'chromaray');
}
