import { type Command, CommanderError } from 'commander';
import { UsageFailure } from './usage-error.js';

/**
 * The command whose help is asked for by the word `help`, which may come before any part of a command:
 * `help study run`, `study help run`, `help`. Undefined where the command line asks for none.
 *
 * @throws UsageFailure for a command that does not exist
 */
export function helpRequest(program: Command, args: readonly string[]): Command | undefined {
  const at = args.indexOf('help');
  if (at < 0) return undefined;
  const group = descend(program, args.slice(0, at));
  // The word may also be an argument, or the value of an option.
  if (group === undefined || group.commands.length === 0) return undefined;
  let command = group;
  for (const word of args.slice(at + 1).filter((one) => !one.startsWith('-') && one !== 'help')) {
    const child = command.commands.find((one) => one.name() === word);
    if (child === undefined) throw unknown(word, command);
    command = child;
  }
  return command;
}

function descend(program: Command, words: readonly string[]): Command | undefined {
  return words.reduce<Command | undefined>(
    (command, word) => command?.commands.find((child) => child.name() === word),
    program,
  );
}

function unknown(word: string, command: Command): UsageFailure {
  return new UsageFailure(
    new CommanderError(1, 'commander.unknownCommand', `error: unknown command '${word}'`),
    command,
  );
}
