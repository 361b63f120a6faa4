import { type Command, InvalidArgumentError, Option } from 'commander';

/** A parser for a number within limits, both excluded. */
export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value > least && value < most) return value;
    throw new InvalidArgumentError(`It must be a number between ${least} and ${most}`);
  };
}

/** A parser for any number. */
export function anyNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It must be a number');
}

/** A parser for two numbers, the first below the second: `0,100`. */
export function twoNumbers(text: string): readonly [number, number] {
  const [least, most, ...more] = text.split(',').map(anyNumber);
  if (most !== undefined && more.length === 0 && least! < most) return [least!, most];
  throw new InvalidArgumentError('It must be two numbers with a comma, the lower first');
}

/** For which readers and cases a result is to hold; the same for analysis and plan. */
export function addGeneralityOptions(command: Command): Command {
  const vary = ['random', 'fixed'] as const;
  return command
    .addOption(
      new Option('--readers <kind>', 'random: for other readers too; fixed: for these alone')
        .choices(vary)
        .default('random'),
    )
    .addOption(
      new Option('--cases <kind>', 'random: for other cases too; fixed: for these alone')
        .choices(vary)
        .default('random'),
    );
}
