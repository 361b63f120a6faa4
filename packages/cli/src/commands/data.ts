import type { Command } from 'commander';
import type { Context } from '../context.js';
import { addDataAudit } from './data-audit.js';
import { addDataDescribe } from './data-describe.js';
import { addDataPhantoms } from './data-phantoms.js';

/** `chromaray data …` */
export function addData(parent: Command, context: Context): void {
  const data = parent.command('data').description('what is in a data set, and what is wrong with it');
  for (const add of [addDataDescribe, addDataAudit, addDataPhantoms]) add(data, context);
}
