import type { PatientRuleSpec } from '@chromaray/contracts';
import { datasetPresets, patientRules, uncertainPolicies } from '@chromaray/contracts/names';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.js';
import { addRenamedOption, layoutOption } from './options.js';

const patternPrefix = 'pattern:';

/** A list of records that are left out, as a study file names it. */
export const excludeOption = ['--exclude <file>', 'a CSV list of records to leave out: record, reason, time'] as const;

/** Adds the options that say how a data set is to be read. */
export function addDataOptions(command: Command, context: Context): Command {
  const preset = new Option('--dataset-preset <name>', 'a published data set with a manifest of its own');
  return addRenamedOption(command.addOption(layoutOption()), preset.choices(datasetPresets), '--preset', context)
    .option('--classes <names>', 'names of labels that are numbers, from 0: NORMAL,PNEUMONIA', names)
    .option('--leave-out <classes>', 'classes to leave out, with commas', names)
    .addOption(
      new Option('--uncertain <policy>', 'what uncertain labels of the preset chexpert become').choices(
        uncertainPolicies,
      ),
    )
    .option('--follow-links', 'also read what lies behind links that lead out of the data set')
    .option('--positive <class>', 'name of the positive class (default: PNEUMONIA where there is one)')
    .addOption(
      new Option(
        '--patient <rule>',
        `how patients are identified: ${patientRules.join(', ')} or ${patternPrefix}<regular expression>`,
      )
        .default('auto')
        .argParser(patientRule),
    );
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
