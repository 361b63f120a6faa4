import { type Layout, layouts } from '@chromaray/contracts/names';
import { InvalidArgumentError, Option } from 'commander';

/** Where studies live; the same for every command that reads or writes one. */
export const studiesOption = ['--studies <dir>', 'folder that holds studies', 'studies'] as const;

/** How the files of a data set are arranged. */
export function layoutOption(): Option {
  return new Option('--layout <layout>', 'how its files are arranged').choices(layouts satisfies readonly Layout[]);
}

/** Collects the values of an option that may be given several times. */
export function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

/** A parser for a whole number within limits. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}`);
  };
}
