import type { Command } from 'commander';
import type { Context } from '../context.js';
import { addReplicateOriginal } from './replicate-original.js';

/** `chromaray replicate …` */
export function addReplicate(parent: Command, context: Context): void {
  const replicate = parent.command('replicate').description('do a published study again, and judge its claims');
  addReplicateOriginal(replicate, context);
}
