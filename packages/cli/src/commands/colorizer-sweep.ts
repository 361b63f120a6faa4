import { type Command, InvalidArgumentError } from 'commander';
import type { ColorizerSweepOptions } from '../actions/colorizer-sweep.js';
import type { Context } from '../context.js';
import { colorizersOption } from './colorizer-options.js';
import { jsonOption } from './command.js';
import { wholeNumber } from './options.js';

/** `chromaray colorizer sweep <name> <image...>` */
export function addColorizerSweep(parent: Command, context: Context): void {
  parent
    .command('sweep')
    .description('pictures at several render factors, side by side on one sheet')
    .argument('<name>', 'an installed colorizer')
    .argument('<image...>', 'picture files, a row each')
    .option('--factors <list>', 'render factors, a column each', factorList, [10, 20, 30, 35, 40])
    .requiredOption('--sheet <file.png>', 'the sheet to write')
    .option(...colorizersOption)
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExample:\n  chromaray colorizer sweep deoldify-artistic a.jpeg b.jpeg --factors 10,25,35 --sheet sweep.png',
    )
    .action(async (colorizer: string, images: readonly string[], options: ColorizerSweepOptions) => {
      const { colorizerSweepAction } = await import('../actions/colorizer-sweep.js');
      await colorizerSweepAction(colorizer, images, options, context);
    });
}

function factorList(text: string): readonly number[] {
  const parse = wholeNumber(1, 100);
  const factors = text.split(',').map((factor) => parse(factor.trim()));
  if (factors.length > 12) throw new InvalidArgumentError('At most 12 factors fit on a sheet');
  return factors;
}
