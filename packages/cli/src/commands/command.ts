import type { Command } from 'commander';
import type { Context } from '../context.js';

/**
 * Adds one command to the program: its name, options and help. Each has a file of its own, which imports names only;
 * what the command does is in `actions/` and is loaded when the command runs, so that `--help` needs none
 * of it.
 */
export type AddCommand = (parent: Command, context: Context) => void;

/** Every command has it: one JSON document on standard output at the end, everything else on standard error. */
export const jsonOption = ['--json', 'print one JSON document on standard output at the end'] as const;
