import { pullColorizer } from '@chromaray/colour';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { showDownload } from './installed-text.js';

export interface ColorizerPullOptions {
  readonly sha256?: string;
  readonly trustFirst?: boolean;
  readonly colorizers?: string;
  readonly json?: boolean;
}

/** What `chromaray colorizer pull <name>` does. */
export async function colorizerPullAction(
  name: string,
  options: ColorizerPullOptions,
  context: Context,
): Promise<void> {
  const { sha256, trustFirst, colorizers } = options;
  const installed = await pullColorizer(name, {
    ...(sha256 !== undefined && { sha256 }),
    trustFirst: trustFirst ?? false,
    ...(colorizers !== undefined && { folder: colorizers }),
    signal: context.signal,
    onProgress: showDownload(context),
  });
  context.progress.end();
  if (options.json) writeJson(context.out, installed);
  else printText(context.out, `${name} is installed as ${installed.file}, SHA-256 ${installed.sha256}.`);
}
