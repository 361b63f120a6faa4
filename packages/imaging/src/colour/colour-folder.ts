import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, isChromarayError, writeFileAtomic } from '@chromaray/base';
import { decodeGray } from '../decode/decode.js';
import { defaultConcurrency, each } from '../each.js';
import { encodeJpeg, encodePng } from '../encode/encode.js';
import { type SheetRow, sheet } from '../encode/sheet.js';
import { asImage, type GrayImage, type Image } from '../image.js';
import type { FileNote, ImageNote } from '../note.js';
import { type ProgressListener, ProgressMeter } from '../progress.js';
import { resize } from '../resize/resize.js';
import { type ColouringJob, findColouringJobs, type OutputLayout } from './image-files.js';
import { type NamedColouringOptions, namedColouring } from './named-colouring.js';

/** What the pictures are coloured with: a map by name, or any function. */
export type ColouringChoice =
  | {
      /** A name of `colouringNames`. */
      readonly map: string;
      /** For `shuffled`, which order and whose entries; for `smooth-random`, which function and how colourful. */
      readonly options?: NamedColouringOptions;
    }
  | {
      readonly colouring: {
        /** Heads the column of the sheet. */
        readonly name: string;
        /** Gives a picture of the same size. An error stops the work. */
        readonly colour: (gray: GrayImage) => Image | Promise<Image>;
      };
    };

export type ColourFolderOptions = ColouringChoice & FolderOptions;

interface FolderOptions {
  /** An image, a folder that is searched with all below it, or an archive (.zip, .npz) or a folder in one. */
  readonly input: string;
  /** The folder for the coloured pictures; made if missing. */
  readonly output: string;
  /** How the output is laid out. Default: `as-input`. */
  readonly layout?: OutputLayout;
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
  /** Faults in spite of which pictures were read and coloured. */
  readonly notes: readonly FileNote[];
  /** The sheet that was written; null where none was asked for, or there was nothing to show on it. */
  readonly sheet: string | null;
  readonly seconds: number;
}

const defaultSheetRows = 8;
const sheetCell = 224;
/** Colours of neighbouring gray levels must stay apart. */
const jpegQuality = 95;

/**
 * Colours a picture or a folder of pictures at full size. As PNG in the same folders under the same names, or in
 * the original study's layout (see `OutputLayout`), where JPEGs stay JPEGs. Every file is written atomically, so that an interrupted run leaves only whole
 * pictures; pictures that cannot be
 * read are listed and the others are coloured.
 *
 * @throws ChromarayError `CHROMARAY_COLOUR_UNKNOWN_MAP`; `CHROMARAY_COLOUR_OVERWRITE`; `CHROMARAY_COLOUR_LAYOUT`;
 *   `CHROMARAY_IMAGE_MISSING`, `_PERMISSION` or `_UNREADABLE` about the input; `CHROMARAY_FILE_WRITE`
 * @throws the signal's reason when aborted
 */
export async function colourFolder(options: ColourFolderOptions): Promise<ColouredFolder> {
  const start = performance.now();
  const { input, output } = options;
  const { name, colour } = chosenColouring(options);
  const jobs = await findColouringJobs(input, output, options.layout ?? 'as-input');
  refuseOverwriting(jobs, output);

  const meter = new ProgressMeter(jobs.length, options.onProgress);
  const sheetRows = options.sheet ? (options.sheet.rows ?? defaultSheetRows) : 0;
  const thumbnails = new Map<ColouringJob, readonly Image[]>();
  const sampled = new Set(jobs.slice(0, sheetRows));
  const faults = new Map<ColouringJob, ChromarayError>();
  const notes = new Map<ColouringJob, readonly ImageNote[]>();
  await each(jobs, options.concurrency ?? defaultConcurrency, options.signal, async (job) => {
    const gray = await readable(job, options.maxPixels, notes);
    if (isChromarayError(gray)) faults.set(job, gray);
    else {
      const coloured = await colour(gray);
      writeFileAtomic(path.join(output, job.output), await encoded(coloured, job.output));
      if (sampled.has(job)) thumbnails.set(job, [thumbnail(gray), thumbnail(coloured)]);
    }
    meter.add(1);
  });

  const rows = [...sampled].flatMap((job) => sheetRow(job, thumbnails.get(job)));
  const hasSheet = options.sheet !== undefined && rows.length > 0;
  if (options.sheet && hasSheet) {
    writeFileAtomic(options.sheet.file, await sheet({ columns: ['gray', name], rows, cellSize: sheetCell }));
  }
  const written = jobs.filter((job) => !faults.has(job)).map((job) => path.join(output, job.output));
  const unreadable = jobs.flatMap((job) => {
    const fault = faults.get(job);
    return fault ? [{ file: job.file, code: fault.code, message: fault.message }] : [];
  });
  return {
    written,
    unreadable,
    notes: jobs.flatMap((job) => (notes.get(job) ?? []).map((note) => ({ file: job.file, ...note }))),
    sheet: hasSheet ? options.sheet!.file : null,
    seconds: (performance.now() - start) / 1000,
  };
}

function chosenColouring(choice: ColouringChoice) {
  if ('colouring' in choice) return choice.colouring;
  return { name: choice.map, colour: namedColouring(choice.map, choice.options) };
}

async function encoded(image: Image, file: string): Promise<Uint8Array> {
  return /\.jpe?g$/i.test(file) ? encodeJpeg(image, jpegQuality) : encodePng(image);
}

async function readable(
  job: ColouringJob,
  maxPixels: number | undefined,
  notes: Map<ColouringJob, readonly ImageNote[]>,
): Promise<GrayImage | ChromarayError> {
  const onNote = (note: ImageNote): void => void notes.set(job, [...(notes.get(job) ?? []), note]);
  try {
    return await decodeGray(job.file, { onNote, ...(maxPixels !== undefined && { maxPixels }) });
  } catch (error) {
    if (isChromarayError(error)) return error;
    throw error;
  }
}

/** Small, with its aspect ratio kept: a sheet's pictures wait in memory until the last is there. */
function thumbnail(image: GrayImage | Image): Image {
  const scale = Math.min(1, sheetCell / Math.max(image.width, image.height));
  const side = (length: number): number => Math.max(1, Math.round(length * scale));
  return resize(asImage(image), { width: side(image.width), height: side(image.height) });
}

function sheetRow({ file }: ColouringJob, images: SheetRow['images'] | undefined): SheetRow[] {
  return images ? [{ label: path.basename(file), images }] : [];
}

/** A coloured picture is never written over an original. */
function refuseOverwriting(jobs: readonly ColouringJob[], output: string): void {
  if (!existsSync(output)) return;
  const folder = realpathSync(output);
  // What lies in an archive has no folder on disk, and is not written over.
  const onDisk = jobs.filter(({ file }) => existsSync(path.dirname(file)));
  const originals = new Set(onDisk.map(({ file }) => path.join(realpathSync(path.dirname(file)), path.basename(file))));
  const endangered = jobs.find((job) => originals.has(path.join(folder, job.output)));
  if (!endangered) return;
  throw new ChromarayError({
    code: 'CHROMARAY_COLOUR_OVERWRITE',
    message: `Colouring ${endangered.file} would write over the original ${path.join(output, endangered.output)}.`,
    remedy: 'Name another folder for the output.',
    details: { file: endangered.file, output },
  });
}
