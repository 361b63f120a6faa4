import { rmSync } from 'node:fs';
import path from 'node:path';
import { isChromarayError } from '@chromaray/base';
import { colorizerError } from '../errors/colorizer-error.js';
import { addColorizer } from './add.js';
import { type DownloadOptions, download } from './download.js';
import { defaultColorizerFolder, type InstalledColorizer, installedColorizer, installedState } from './installed.js';
import { type KnownColorizer, knownColorizer, knownColorizers } from './registry.js';

export interface PullOptions {
  readonly folder?: string;
  /** The hash the file must have, for a colorizer without a published one. */
  readonly sha256?: string;
  /** Pin whatever hash the file has, for a colorizer without a published one. */
  readonly trustFirst?: boolean;
  readonly known?: readonly KnownColorizer[];
  readonly signal?: AbortSignal;
  readonly onProgress?: DownloadOptions['onProgress'];
  /** Default: `downloadLimits`, and the published size where there is one. */
  readonly limits?: DownloadOptions['limits'];
}

/**
 * Downloads a known colorizer and installs it, verified. An interrupted download is taken up again. Does nothing
 * when it is installed and has its pinned hash still.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_` + `UNKNOWN`; `NO_ADDRESS` when it has to be exported by hand;
 *   `UNPINNED` when no hash is published and none is given; those of `download` and `addColorizer`
 */
export async function pullColorizer(name: string, options: PullOptions = {}): Promise<InstalledColorizer> {
  const folder = options.folder ?? defaultColorizerFolder();
  const known = knownColorizer(name, options.known ?? knownColorizers());
  const installed = installedColorizer(name, folder);
  if (installed !== undefined && (await installedState(installed)) === 'intact') return installed;
  const byHand = `get the file in another way and place it by hand: chromaray colorizer add <file.onnx> --contract ${known.contract} --name ${name}`;
  if (known.url === null) throw noAddress(known, byHand);
  const sha256 = known.sha256 ?? options.sha256;
  if (sha256 === undefined && options.trustFirst !== true) throw unpinned(known);

  const target = path.join(folder, 'downloads', `${name}.onnx`);
  const { signal, onProgress, limits } = options;
  await download({
    url: known.url,
    target,
    byHand,
    limits: { ...(known.bytes !== null && { bytes: known.bytes }), ...limits },
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  try {
    const { contract, licence, url } = known;
    return await addColorizer(target, { name, contract, folder, licence, origin: url, ...(sha256 && { sha256 }) });
  } catch (error) {
    if (isChromarayError(error) && error.code === 'CHROMARAY_COLORIZER_HASH') throw wrongFile(known, error);
    throw error;
  } finally {
    rmSync(target, { force: true });
  }
}

function noAddress({ name, note, source }: KnownColorizer, byHand: string) {
  return colorizerError('NO_ADDRESS', {
    message: `There is no published ONNX file of ${name} to download.`,
    remedy: `${note} Source: ${source}. Or ${byHand}`,
    details: { name },
  });
}

function unpinned({ name, url }: KnownColorizer) {
  return colorizerError('UNPINNED', {
    message: `No SHA-256 is published for ${name} (${url}), so that the download could not be verified.`,
    remedy: 'Pass --sha256 with the hash you know, or --trust-first to pin that of the file that comes.',
    details: { name, url },
  });
}

function wrongFile({ name, url }: KnownColorizer, cause: Error) {
  return colorizerError('HASH', {
    message: `What ${url} gives is not ${name}: ${cause.message}`,
    remedy: 'The download was thrown away. Try again; if it repeats, the file there has been changed.',
    cause,
    details: { name, url },
  });
}
