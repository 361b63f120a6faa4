import { pullWeights } from '@chromaray/installed';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { showDownload } from './installed-text.js';

export interface WeightsPullOptions {
  readonly sha256?: string;
  readonly trustFirst?: boolean;
  readonly json?: boolean;
}

/** What `chromaray weights pull <name>` does. */
export async function weightsPullAction(name: string, options: WeightsPullOptions, context: Context): Promise<void> {
  const { json, ...given } = options;
  const installed = await pullWeights(name, {
    ...given,
    signal: context.signal,
    onProgress: showDownload(context),
  });
  context.progress.end();
  if (json) writeJson(context.out, installed);
  else printText(context.out, `${name} is installed as ${installed.file}, SHA-256 ${installed.sha256}.`);
}
