import type { Command } from 'commander';
import type { Context } from '../context.js';
import { addReadersAnalyse } from './readers-analyse.js';
import { addReadersConvert } from './readers-convert.js';
import { addReadersPlan } from './readers-plan.js';

/** `chromaray readers ...` */
export function addReaders(parent: Command, context: Context): void {
  const readers = parent.command('readers').description('reader studies: does colour help people?');
  for (const add of [addReadersPlan, addReadersAnalyse, addReadersConvert]) add(readers, context);
}
