import { type Command, Option } from 'commander';
import type { CalibrateOptions } from '../actions/calibrate.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { wholeNumber } from './options.js';

/** A/A studies with training where no number is given: about ten minutes on one core. */
const usualTrained = 100;

/** `chromaray calibrate` */
export function addCalibrate(parent: Command, context: Context): void {
  parent
    .command('calibrate')
    .description('how often verdicts are wrong: studies whose truth is known, judged as real ones are')
    .option('--studies <n>', 'simulated studies of each kind', wholeNumber(2, 1_000_000), 500)
    .addOption(
      new Option(
        '--training [n]',
        `also so many A/A studies with real training on synthetic X-rays (default: ${usualTrained})`,
      )
        .argParser(wholeNumber(1, 1_000_000))
        .preset(String(usualTrained)),
    )
    .option(
      '--out <dir>',
      'folder that remembers trained studies, so that an interrupted run resumes',
      'studies/.cache',
    )
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExamples:\n  chromaray calibrate\n  chromaray calibrate --studies 2000 --training 200 --json',
    )
    .action(async (options: CalibrateOptions) => {
      const { calibrateAction } = await import('../actions/calibrate.js');
      await calibrateAction(options, context);
    });
}
