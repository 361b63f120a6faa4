import type { Command } from 'commander';
import type { DemoOptions } from '../actions/demo.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';

/** `chromaray demo` */
export function addDemo(parent: Command, context: Context): void {
  parent
    .command('demo')
    .description('a whole study on synthetic X-rays in minutes: data, audit, split, training, verdict, report')
    .option('--out <dir>', 'folder to work in', 'chromaray-demo')
    .option('--open', 'show the study live in the browser; the page stays open until Ctrl-C')
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nA demo that was interrupted resumes; one that is finished starts anew.\n\nExample:\n  chromaray demo --out /tmp/demo --open',
    )
    .action(async (options: DemoOptions) => {
      const { demoAction } = await import('../actions/demo.js');
      await demoAction(options, context);
    });
}
