import { programVersion } from '@chromaray/base';
import { Command } from 'commander';
import { addCalibrate } from './commands/calibrate.js';
import { addColorizer } from './commands/colorizer.js';
import { addColour } from './commands/colour.js';
import type { AddCommand } from './commands/command.js';
import { addCompletion } from './commands/completion.js';
import { addData } from './commands/data.js';
import { addDemo } from './commands/demo.js';
import { addDicomWeb } from './commands/dicomweb.js';
import { addDoctor } from './commands/doctor.js';
import { addExchange } from './commands/exchange.js';
import { addExplain } from './commands/explain.js';
import { addModel } from './commands/model.js';
import { addOpen } from './commands/open.js';
import { addPredict } from './commands/predict.js';
import { addReaders } from './commands/readers.js';
import { addReplicate } from './commands/replicate.js';
import { addStudy } from './commands/study.js';
import { addWeights } from './commands/weights.js';
import { addWorker } from './commands/worker.js';
import type { Context } from './context.js';
import { EndedWith, exitCodes } from './exit-codes.js';
import { helpRequest } from './help-request.js';
import { reportError } from './report-error.js';
import { lineWidth } from './terminal/print.js';
import { wrap } from './terminal/wrap.js';
import { commandPath, UsageFailure, usageError } from './usage-error.js';

/**
 * Runs the command line once.
 *
 * @param args without the program's own name
 * @returns the exit code
 */
export async function runProgram(args: readonly string[], context: Context): Promise<number> {
  const program = createProgram(context);
  try {
    const asked = helpRequest(program, args);
    if (asked === undefined) await program.parseAsync([...args], { from: 'user' });
    else asked.outputHelp();
    return exitCodes.done;
  } catch (error) {
    context.progress.end();
    if (error instanceof EndedWith) return error.exitCode;
    if (error instanceof UsageFailure && error.failure.exitCode === 0) return exitCodes.done;
    const known = error instanceof UsageFailure ? usageError(error) : error;
    return reportError(known, { ...context, json: args.includes('--json') });
  } finally {
    context.progress.close();
  }
}

const commands: readonly AddCommand[] = [
  addDemo,
  addOpen,
  addData,
  addColour,
  addColorizer,
  addDicomWeb,
  addStudy,
  addModel,
  addWeights,
  addPredict,
  addExplain,
  addWorker,
  addExchange,
  addReaders,
  addReplicate,
  addCalibrate,
  addDoctor,
  addCompletion,
];

/** The whole command line, as data: what the tests compare the documentation with. */
export function createProgram(context: Context): Command {
  const program = new Command('chromaray')
    .description(
      'Controlled experiments on whether colour helps a network read chest X-rays.\nFor research only, not for diagnosis.',
    )
    .version(programVersion(), '-v, --version', 'print the version')
    .addHelpText('after', examples);
  for (const add of commands) add(program, context);
  program.hook('preAction', (_, command) => context.progress.begin(commandPath(command)));
  configure(program, context);
  return program;
}

const examples = `
Examples:
  chromaray demo                            a whole study on synthetic X-rays
  chromaray data audit ../chest_xray        what is wrong with a data set
  chromaray study init study.yaml           a study file to start from
  chromaray study run study.yaml            train, compare, conclude, report
  chromaray predict studies/study/models/gray-1.onnx image.jpeg

\`chromaray help <command>\` prints the help of a command, such as \`chromaray help study run\`.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 stopped by the audit, 130 interrupted.`;

/** Commander copies settings only to commands made from a parent; these are set on every one. */
function configure(command: Command, context: Context): void {
  command
    .exitOverride((failure) => {
      throw new UsageFailure(failure, command);
    })
    .helpCommand(false)
    .helpOption('-h, --help', 'print this help')
    .showSuggestionAfterError(false)
    .configureHelp({ minWidthToWrap: 20, subcommandTerm })
    .configureOutput({
      writeOut: (text) => context.out.write(wrap(text, lineWidth(context.out))),
      writeErr: (text) => context.err.write(wrap(text, lineWidth(context.err))),
      getOutHelpWidth: () => helpWidth(context.out),
      getErrHelpWidth: () => helpWidth(context.err),
      outputError: () => {},
    });
  for (const child of command.commands) configure(child, context);
}

/** A command and its arguments; that each has options goes without saying. */
function subcommandTerm(command: Command): string {
  const args = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? ` <${name}>` : ` [${name}]`;
  });
  return `${command.name()}${args.join('')}`;
}

function helpWidth(stream: NodeJS.WriteStream): number {
  return Math.min(stream.isTTY ? stream.columns : 80, 100);
}
