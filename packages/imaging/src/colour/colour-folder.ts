import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, isChromarayError, writeFileAtomic } from '@chromaray/base';
import { decodeGray } from '../decode/decode.js';
import { defaultConcurrency, each } from '../each.js';
import { encodePng } from '../encode/encode.js';
import { type SheetRow, sheet } from '../encode/sheet.js';
import type { GrayImage } from '../image.js';
import { type ProgressListener, ProgressMeter } from '../progress.js';
import { resize } from '../resize/resize.js';
import { applyColourTable } from './apply-table.js';
import { colourTable } from './colour-table.js';
import { type ColouringJob, findColouringJobs } from './image-files.js';

export interface ColourFolderOptions {
  /** An image, or a folder that is searched with all below it. */
  readonly input: string;
  /** The folder for the coloured pictures; made if missing. */
  readonly output: string;
  /** A name of `colourMapNames`. */
  readonly map: string;
  /** For the map `shuffled`: which order, and whose entries. */
  readonly seed?: number | string;
  readonly of?: string;
  /** Also write a side-by-side sheet of the first pictures: where to, and of how many (default 8). */
  readonly sheet?: { readonly file: string; readonly rows?: number };
  /** Refuse pictures of more pixels than this. Default 64,000,000. */
  readonly maxPixels?: number;
  /** Pictures at once. Default: the number of cores and one. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

export interface ColouredFolder {
  /** The files written, in the order of their sources' paths. */
  readonly written: readonly string[];
  /** The pictures that could not be read, and why. */
  readonly unreadable: readonly { readonly file: string; readonly code: string; readonly message: string }[];
  readonly seconds: number;
}

const defaultSheetRows = 8;
const sheetCell = 224;

/**
 * Colours a picture or a folder of pictures with a colour map, at full size, as PNG: the same folders and
 * names, extension .png. Every file is written atomically, so that an interrupted run leaves only whole
 * pictures; pictures that cannot be read are listed and the others go on.
 *
 * @throws ChromarayError `CHROMARAY_COLOUR_UNKNOWN_MAP`; `CHROMARAY_COLOUR_OVERWRITE`;
 *   `CHROMARAY_IMAGE_MISSING`, `_PERMISSION` or `_UNREADABLE` about the input; `CHROMARAY_FILE_WRITE`
 * @throws the signal's reason when aborted
 */
export async function colourFolder(options: ColourFolderOptions): Promise<ColouredFolder> {
  const start = performance.now();
  const { input, output, map, seed, of } = options;
  const table = colourTable(map, { ...(seed !== undefined && { seed }), ...(of !== undefined && { of }) });
  const jobs = findColouringJobs(input, output);
  refuseOverwriting(jobs, output);

  const meter = new ProgressMeter(jobs.length, options.onProgress);
  const sheetRows = options.sheet ? (options.sheet.rows ?? defaultSheetRows) : 0;
  const thumbnails = new Map<ColouringJob, GrayImage>();
  const sampled = new Set(jobs.slice(0, sheetRows));
  const faults = new Map<ColouringJob, ChromarayError>();
  await each(jobs, options.concurrency ?? defaultConcurrency, options.signal, async (job) => {
    const gray = await readable(job, options.maxPixels);
    if (isChromarayError(gray)) faults.set(job, gray);
    else {
      writeFileAtomic(path.join(output, job.output), await encodePng(applyColourTable(gray, table)));
      if (sampled.has(job)) thumbnails.set(job, thumbnail(gray));
    }
    meter.add(1);
  });

  if (options.sheet) {
    const rows = [...sampled].flatMap((job) => sheetRow(job, thumbnails.get(job), table));
    writeFileAtomic(options.sheet.file, await sheet({ columns: ['gray', map], rows, cellSize: sheetCell }));
  }
  const written = jobs.filter((job) => !faults.has(job)).map((job) => path.join(output, job.output));
  const unreadable = jobs.flatMap((job) => {
    const fault = faults.get(job);
    return fault ? [{ file: job.file, code: fault.code, message: fault.message }] : [];
  });
  return { written, unreadable, seconds: (performance.now() - start) / 1000 };
}

async function readable(job: ColouringJob, maxPixels: number | undefined): Promise<GrayImage | ChromarayError> {
  try {
    return await decodeGray(job.file, maxPixels === undefined ? {} : { maxPixels });
  } catch (error) {
    if (isChromarayError(error)) return error;
    throw error;
  }
}

/** Small, with its aspect ratio kept: a sheet's pictures wait in memory until the last is there. */
function thumbnail(gray: GrayImage): GrayImage {
  const scale = Math.min(1, sheetCell / Math.max(gray.width, gray.height));
  const side = (length: number): number => Math.max(1, Math.round(length * scale));
  return resize(gray, { width: side(gray.width), height: side(gray.height) });
}

function sheetRow(job: ColouringJob, gray: GrayImage | undefined, table: Uint8Array): SheetRow[] {
  if (!gray) return [];
  return [{ label: path.basename(job.file), images: [gray, applyColourTable(gray, table)] }];
}

/** A coloured picture is never written over an original. */
function refuseOverwriting(jobs: readonly ColouringJob[], output: string): void {
  if (!existsSync(output)) return;
  const folder = realpathSync(output);
  const originals = new Set(jobs.map(({ file }) => path.join(realpathSync(path.dirname(file)), path.basename(file))));
  const endangered = jobs.find((job) => originals.has(path.join(folder, job.output)));
  if (!endangered) return;
  throw new ChromarayError({
    code: 'CHROMARAY_COLOUR_OVERWRITE',
    message: `Colouring ${endangered.file} would write over the original ${path.join(output, endangered.output)}.`,
    remedy: 'Name another folder for the output.',
    details: { file: endangered.file, output },
  });
}
