import { ChromarayError, nearest } from '@chromaray/base';
import { Command, CommanderError } from 'commander';
import { addColour } from './commands/colour.js';
import { addData } from './commands/data.js';
import { addDemo } from './commands/demo.js';
import { addDoctor } from './commands/doctor.js';
import { addPredict } from './commands/predict.js';
import { addStudy } from './commands/study.js';
import type { Context } from './context.js';
import { exitCodes } from './exit-codes.js';
import { reportError } from './report-error.js';
import { programVersion } from '@chromaray/study';

/**
 * Runs the command line once.
 *
 * @param args without the program's own name
 * @returns the exit code
 */
export async function runProgram(args: readonly string[], context: Context): Promise<number> {
  const program = createProgram(context);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    context.progress.end();
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.done;
      return reportError(usageError(error, program), args.includes('--json'), context.out, context.err);
    }
    return reportError(error, args.includes('--json'), context.out, context.err);
  }
}

function createProgram(context: Context): Command {
  const program = new Command('chromaray')
    .description(
      'Controlled experiments that tell whether colour helps a network read chest X-rays.\nFor research only, not for diagnosis.',
    )
    .version(programVersion(), '-v, --version', 'print the version')
    .helpCommand(false)
    .addHelpText('after', examples);
  for (const add of [addDemo, addData, addColour, addStudy, addPredict, addDoctor]) add(program, context);
  configure(program, context);
  return program;
}

const examples = `
Examples:
  chromaray demo                                      a whole study on synthetic X-rays, in minutes
  chromaray data audit ../chest_xray --positive PNEUMONIA
  chromaray study init study.yaml && chromaray study run study.yaml
  chromaray predict studies/mine/models/gray-1.onnx image.jpeg`;

/** Commander copies settings only to commands made from a parent; these are set on every one. */
function configure(command: Command, context: Context): void {
  command
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => context.out.write(text),
      writeErr: (text) => context.err.write(text),
      outputError: () => {},
    });
  for (const child of command.commands) configure(child, context);
}

function usageError(error: CommanderError, program: Command): ChromarayError {
  const unknown = /'([^']+)'/.exec(error.message)?.[1];
  const suggestion = unknown === undefined ? undefined : nearest(unknown, knownWords(program));
  return new ChromarayError({
    code: 'CHROMARAY_USAGE',
    message: `${error.message.replace(/^error: /, '').replace(/^./, (letter) => letter.toUpperCase())}.`,
    remedy: suggestion === undefined ? 'See chromaray --help.' : `Did you mean ${suggestion}? See chromaray --help.`,
  });
}

/** Names of all commands and options, to guess what a mistyped one meant. */
function knownWords(command: Command): readonly string[] {
  return [
    command.name(),
    ...command.options.flatMap((option) => option.long ?? []),
    ...command.commands.flatMap((child) => knownWords(child)),
  ];
}
