import type { Command } from 'commander';
import type { Context } from '../context.js';

/** Adds one command to the program. Each command stands in a file of its own. */
export type AddCommand = (parent: Command, context: Context) => void;

/** Every command has it: one JSON document on standard output at the end, everything else on standard error. */
export const jsonOption = ['--json', 'print one JSON document on standard output at the end'] as const;
