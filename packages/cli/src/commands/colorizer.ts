import type { Command } from 'commander';
import type { Context } from '../context.js';
import { addColorizerAdd } from './colorizer-add.js';
import { addColorizerList } from './colorizer-list.js';
import { addColorizerPull } from './colorizer-pull.js';
import { addColorizerSweep } from './colorizer-sweep.js';

/** `chromaray colorizer ...` */
export function addColorizer(parent: Command, context: Context): void {
  const colorizer = parent.command('colorizer').description('colorizing networks: list, add, download, compare');
  for (const add of [addColorizerList, addColorizerAdd, addColorizerPull, addColorizerSweep]) add(colorizer, context);
}
