import type { Command } from 'commander';
import type { Context } from '../context.js';
import { addColorizerAdd } from './colorizer-add.js';
import { addColorizerList } from './colorizer-list.js';
import { addColorizerPull } from './colorizer-pull.js';
import { addColorizerRemove } from './colorizer-remove.js';
import { addColorizerSweep } from './colorizer-sweep.js';
import { addColorizerTrain } from './colorizer-train.js';

/** `chromaray colorizer ...` */
export function addColorizer(parent: Command, context: Context): void {
  const colorizer = parent
    .command('colorizer')
    .description('colorizing networks: list, add, download, remove, train, compare');
  for (const add of [
    addColorizerList,
    addColorizerAdd,
    addColorizerPull,
    addColorizerRemove,
    addColorizerTrain,
    addColorizerSweep,
  ])
    add(colorizer, context);
}
