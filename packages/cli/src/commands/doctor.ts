import type { Command } from 'commander';
import type { DoctorOptions } from '../actions/doctor.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';

/** `chromaray doctor` */
export function addDoctor(parent: Command, context: Context): void {
  parent
    .command('doctor')
    .description('the machine, the backends, the versions; whether all works, and what would make it faster')
    .option(...jsonOption)
    .addHelpText(
      'after',
      `
The exit code is 1 when a check fails.

Examples:
  chromaray doctor
  chromaray doctor --json`,
    )
    .action(async (options: DoctorOptions) => {
      const { doctorAction } = await import('../actions/doctor.js');
      await doctorAction(options, context);
    });
}
