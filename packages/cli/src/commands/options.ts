import { type Layout, layouts } from '@chromaray/contracts/names';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.js';

/** Where studies live; the same for every command that reads or writes one. */
export const studiesOption = ['--studies <dir>', 'folder that holds studies', 'studies'] as const;

/** A factorial of many arms is trained only when that is confirmed. */
export const manyArmsOption = ['--yes', 'also more than 64 arms that factors make'] as const;

/** How the files of a data set are arranged. */
export function layoutOption(): Option {
  return new Option('--layout <layout>', 'how its files are arranged').choices(layouts satisfies readonly Layout[]);
}

/** Collects the values of an option that may be given several times. */
export function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

/**
 * Adds an option that had another name in earlier versions: help shows the new name only, the old one still works and
 * is answered with a notice.
 *
 * @param former the old long name, as `--preset`
 */
export function addRenamedOption(command: Command, option: Option, former: string, { progress }: Context): Command {
  const hidden = new Option(option.flags.replace(option.long!, former)).hideHelp();
  if (option.argChoices !== undefined) hidden.choices(option.argChoices);
  return command
    .addOption(option)
    .addOption(hidden)
    .on(`option:${former.slice(2)}`, (value: string) => {
      progress.note(`Note: ${former} is called ${option.long} now.`);
      command.setOptionValueWithSource(option.attributeName(), value, 'cli');
    });
}

/** A parser for a whole number within limits. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}`);
  };
}
