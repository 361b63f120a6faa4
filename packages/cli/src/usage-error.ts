import { type ChromarayError, nearest } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { Command, CommanderError } from 'commander';

/** Thrown in place of the parser's own error: what was wrong, and in which command. */
export class UsageFailure extends Error {
  constructor(
    readonly failure: CommanderError,
    readonly command: Command,
  ) {
    super(failure.message, { cause: failure });
    this.name = 'UsageFailure';
  }
}

/** The words a user gets for a command line that cannot be read: what is wrong, and the nearest thing that works. */
export function usageError({ failure, command }: UsageFailure): ChromarayError {
  const name = fullName(command);
  const suggestion = suggest(failure, command);
  return codedError('CHROMARAY_USAGE', {
    message: sentence(failure, command),
    remedy: `${suggestion === undefined ? '' : `Did you mean ${suggestion}? `}See \`${name} --help\`.`,
    cause: failure,
    details: { command: name, ...(suggestion === undefined ? {} : { suggestion }) },
  });
}

/** `chromaray study run` for the command `run`. */
export function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

/** `study run` for the command `run`. */
export function commandPath(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : `${commandPath(parent)} ${command.name()}`;
}

function sentence(failure: CommanderError, command: Command): string {
  const name = fullName(command);
  switch (failure.code) {
    case 'commander.help':
      return `Missing subcommand of ${name}. Use one of: ${command.commands.map((child) => child.name()).join(', ')}.`;
    case 'commander.missingArgument':
      return `${name} needs <${quoted(failure)}>.`;
    case 'commander.excessArguments':
      return `${name} was given more than it takes: ${command.args.slice(command.registeredArguments.length).join(' ')}.`;
    case 'commander.optionMissingArgument':
      return `The option ${quoted(failure)} of ${name} lacks its value.`;
    case 'commander.unknownOption':
      return `${name} has no option ${quoted(failure)}.`;
    case 'commander.unknownCommand':
      return `${name} has no command "${quoted(failure)}".`;
    default:
      return `${failure.message
        .replace(/^error: /, '')
        .replace(/^./, (letter) => letter.toUpperCase())
        .replace(/\.*$/, '')}.`;
  }
}

function suggest(failure: CommanderError, command: Command): string | undefined {
  switch (failure.code) {
    case 'commander.unknownOption':
      return nearest(quoted(failure), longOptions(command));
    case 'commander.unknownCommand':
      return nearestCommand(quoted(failure), command);
    case 'commander.invalidArgument':
      return nearestChoice(failure, command);
    default:
      return undefined;
  }
}

/** A command beside the one that was mistyped, or else one of another group. */
function nearestCommand(word: string, command: Command): string | undefined {
  const beside = nearest(
    word,
    command.commands.map((child) => child.name()),
  );
  if (beside !== undefined) return fullName(command.commands.find((child) => child.name() === beside)!);
  const everywhere = leaves(root(command));
  const name = nearest(
    word,
    everywhere.map((leaf) => leaf.name()),
  );
  const found = everywhere.find((leaf) => leaf.name() === name);
  return found === undefined ? undefined : fullName(found);
}

/** The choice nearest to the value that an option refused. */
function nearestChoice({ message }: CommanderError, command: Command): string | undefined {
  const [, flags, value] = /'([^']*)' argument '([^']*)'/.exec(message) ?? [];
  const choices = command.options.find((option) => option.flags === flags)?.argChoices;
  return choices === undefined || value === undefined ? undefined : nearest(value, choices);
}

function longOptions(command: Command): readonly string[] {
  return ['--help', ...command.options.flatMap(({ long }) => long ?? [])];
}

function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function root(command: Command): Command {
  return command.parent === null ? command : root(command.parent);
}

/** The first thing the parser quotes in its message. */
function quoted({ message }: CommanderError): string {
  return /'([^']*)'/.exec(message)?.[1] ?? '';
}
