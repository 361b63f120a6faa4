import { removeColorizer } from '@chromaray/colour';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';

export interface ColorizerRemoveOptions {
  readonly colorizers?: string;
  readonly json?: boolean;
}

/** What `chromaray colorizer remove <name>` does. */
export function colorizerRemoveAction(name: string, options: ColorizerRemoveOptions, context: Context): void {
  const removed = removeColorizer(name, options.colorizers);
  if (options.json) writeJson(context.out, removed);
  else printText(context.out, `${name} is removed (${removed.file}).`);
}
