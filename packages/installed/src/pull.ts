import { rmSync } from 'node:fs';
import path from 'node:path';
import { isChromarayError } from '@chromaray/base';
import { type DownloadOptions, download } from './download/download.js';
import { installCode, installCommands, installError } from './fault.js';
import { findIn, installedState } from './folder.js';
import type { Description, Installed, InstallKind, KindWords } from './kind.js';
import type { KnownFile } from './known.js';

export interface PullOptions {
  readonly folder?: string;
  /** The hash the file must have, where none is published. */
  readonly sha256?: string;
  /** Pin whatever hash the file has, where none is published. */
  readonly trustFirst?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: DownloadOptions['onProgress'];
  /** Default: `downloadLimits`, and the published size where there is one. */
  readonly limits?: DownloadOptions['limits'];
}

export interface PullRequest<D extends Description> extends PullOptions {
  readonly folder: string;
  /** What `add` is called with, but for file and name: `--contract ddcolor`. */
  readonly addOptions: string;
  /** Installs what has come. */
  readonly install: (
    file: string,
    from: { readonly origin: string; readonly sha256?: string },
  ) => Promise<Installed<D>>;
}

/**
 * Downloads a known file and installs it, verified. An interrupted download is taken up again. Does nothing when it is
 * installed and has its pinned hash still.
 *
 * @throws ChromarayError of the kind's area: `_NO_ADDRESS` when it has to be made by hand; `_UNPINNED` when no hash is
 *   published and none is given; those of `download` and `installFile`
 */
export async function pullFile<D extends Description>(
  kind: InstallKind<D>,
  known: KnownFile,
  request: PullRequest<D>,
): Promise<Installed<D>> {
  const { folder, signal, onProgress, limits } = request;
  const { name, url } = known;
  const installed = findIn(kind, folder, name);
  if (installed !== undefined && (await installedState(installed)) === 'intact') return installed;
  const add = `${installCommands[kind.area]} add ${kind.fileArgument} ${request.addOptions} --name ${name}`;
  const byHand = `get the file in another way and place it by hand: ${add}`;
  if (url === null) throw noAddress(kind, known, byHand);
  const sha256 = known.sha256 ?? request.sha256;
  if (sha256 === undefined && request.trustFirst !== true) throw unpinned(kind, known);

  const target = path.join(folder, 'downloads', `${name}${path.extname(new URL(url).pathname)}`);
  await download({
    ...{ area: kind.area, url, target, byHand },
    limits: { ...(known.bytes !== null && { bytes: known.bytes }), ...limits },
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  try {
    return await request.install(target, { origin: url, ...(sha256 && { sha256 }) });
  } catch (error) {
    if (isChromarayError(error) && error.code === installCode(kind.area, 'HASH')) throw wrongFile(kind, known, error);
    throw error;
  } finally {
    rmSync(target, { force: true });
  }
}

function noAddress({ area }: KindWords, { name, note, source }: KnownFile, byHand: string) {
  return installError(area, 'NO_ADDRESS', {
    message: `There is no published file of ${name} that could be downloaded and used as it is.`,
    remedy: `${note} Source: ${source}. Or ${byHand}`,
    details: { name },
  });
}

function unpinned({ area }: KindWords, { name, url }: KnownFile) {
  return installError(area, 'UNPINNED', {
    message: `No SHA-256 is published for ${name} (${url}), so that the download could not be verified.`,
    remedy: 'Pass --sha256 with the hash you know, or --trust-first to pin that of the file that comes.',
    details: { name, url },
  });
}

function wrongFile({ area }: KindWords, { name, url }: KnownFile, cause: Error) {
  return installError(area, 'HASH', {
    message: `What ${url} gives is not ${name}: ${cause.message}`,
    remedy: 'The download was thrown away. Try again; if it repeats, the file there has been changed.',
    cause,
    details: { name, url },
  });
}
