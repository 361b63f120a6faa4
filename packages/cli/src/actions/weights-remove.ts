import { removeWeights } from '@chromaray/installed';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';

export interface WeightsRemoveOptions {
  readonly json?: boolean;
}

/** What `chromaray weights remove <name>` does. */
export function weightsRemoveAction(name: string, options: WeightsRemoveOptions, context: Context): void {
  const removed = removeWeights(name);
  if (options.json) writeJson(context.out, removed);
  else printText(context.out, `${name} is removed (${removed.file}).`);
}
