import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, isChromarayError, Random, sha256, writeError } from '@chromaray/base';
import { readSource } from '../archive/source.js';
import { applyAugmentation } from '../augment/apply.js';
import { drawAugmentation } from '../augment/draw.js';
import { type AugmentationOptions, completeAugmentation } from '../augment/options.js';
import { decodeEncoded } from '../decode/decode.js';
import { defaultConcurrency, each } from '../each.js';
import { defaultMaxPixels } from '../encoded-image.js';
import { asImage, type GrayImage, type Image, type Size } from '../image.js';
import { imageError } from '../image-error.js';
import { toGray, toRgb } from '../luma.js';
import { operateAtFullSize, operateToSize } from '../operations/operate.js';
import { checkOperations, type ImageOperations } from '../operations/options.js';
import { type ProgressListener, ProgressMeter } from '../progress.js';
import { parseSize } from '../size.js';
import { type FilePack, openPack } from './file-pack.js';
import type { UnreadableItem } from './pack-format.js';
import { type PackItem, packKey } from './pack-key.js';
import { PackWriter } from './pack-writer.js';
import type { PixelPack } from './pixel-pack.js';
import { removeUnfinished } from './unfinished.js';

export interface BuildPackOptions {
  /** Where packs are kept; made if missing. The pack is the file `<key>.pack` in it. */
  readonly directory: string;
  readonly items: readonly PackItem[];
  /** Every picture is stretched to this size. */
  readonly size: number | Size;
  /** 1 (default): gray by BT.601 luma; 3: colour as stored, gray repeated. Not together with `colouring`. */
  readonly channels?: 1 | 3;
  /** Colour the gray pictures; the pack then has three channels. */
  readonly colouring?: PackColouring;
  /** What is done to every picture. Default: nothing but resizing. Not with three `channels`. */
  readonly operations?: ImageOperations;
  /** For the items that ask for it. */
  readonly augmentation?: AugmentationOptions;
  /** Refuse pictures of more pixels than this. Default 64,000,000. */
  readonly maxPixels?: number;
  /** Refuse pictures with a side shorter than this. Default 1. */
  readonly minSide?: number;
  /** Files decoded at once. Default: the number of cores and one. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  /** Counts pictures, at most ten times a second. Not called when a pack is used again. */
  readonly onProgress?: ProgressListener;
}

/** How the pictures of a pack are coloured. */
export interface PackColouring {
  /** Equal keys, equal colours: part of the pack's key. */
  readonly key: string;
  /**
   * `full-size`: as decoded, before it is resized and varied; `pack-size`: last of all, from exactly the pixels
   * that a gray pack would hold.
   */
  readonly at: 'full-size' | 'pack-size';
  /** Gives a picture of the same size. An error stops the whole build. */
  readonly colour: (gray: GrayImage) => Image | Promise<Image>;
}

export interface BuiltPack {
  readonly pack: PixelPack;
  /** The items that are not in the pack, in their order, and why. */
  readonly unreadable: readonly UnreadableItem[];
  /** The pack was there already, whole, and nothing was decoded. */
  readonly reused: boolean;
}

/** The reasons that lie outside the file's content, which the key does not cover: they may be gone next time. */
const passingFaults = new Set(['CHROMARAY_IMAGE_MISSING', 'CHROMARAY_IMAGE_PERMISSION', 'CHROMARAY_IMAGE_CHANGED']);

/**
 * Decodes, resizes and augments images into one file, or finds the pack that an earlier call with the same
 * inputs made. Each file is read and decoded once, however many items come from it; a file whose content
 * is not what `sha256` says is not used. Images that cannot be read are listed and left out; the others
 * keep the order of `items`. A build that is aborted or killed leaves no pack; the next one starts over
 * and clears the leftovers.
 *
 * The same inputs give the same bytes at any concurrency.
 *
 * @throws ChromarayError `CHROMARAY_PACK_DUPLICATE_ID`, `CHROMARAY_IMAGE_SIZE`, `CHROMARAY_AUGMENT_OPTION`,
 *   `CHROMARAY_FILE_WRITE` (a full disk, no permission)
 * @throws the signal's reason when aborted
 */
export async function buildPack(options: BuildPackOptions): Promise<BuiltPack> {
  const { directory, items, augmentation = {}, operations = {}, colouring, signal } = options;
  const channels = colouring ? 3 : (options.channels ?? 1);
  const size = parseSize(options.size);
  completeAugmentation(augmentation);
  checkOperations(operations);
  checkIds(items);
  signal?.throwIfAborted();
  prepareFolder(directory);

  const limits = { maxPixels: options.maxPixels ?? defaultMaxPixels, minSide: options.minSide ?? 1 };
  const key = packKey({ items, size, channels, augmentation, operations, ...limits, ...(colouring && { colouring }) });
  const file = path.join(directory, `${key}.pack`);
  const existing = openWhole(file, key);
  if (existing) return { pack: existing, unreadable: existing.header.unreadable, reused: true };

  const meter = new ProgressMeter(items.length, options.onProgress);
  const writer = new PackWriter(file, size.width * size.height * channels, items.length);
  const faults = new Map<number, UnreadableItem>();
  try {
    await each(groupBySource(items), options.concurrency ?? defaultConcurrency, signal, async (source) => {
      const decoded = await decodeSource(source, { ...limits, operations, channels: colouring ? 1 : channels });
      if (isChromarayError(decoded)) {
        for (const slot of source.slots) {
          const { id, file: image } = items[slot]!;
          faults.set(slot, { ...faultOf(decoded), id, file: image });
        }
      } else {
        const whole = colouring?.at === 'full-size' ? await colouring.colour(toGray(decoded)) : decoded;
        const image = operateToSize(whole, size, operations);
        for (const slot of source.slots) {
          const varied = augmented(image, items[slot]!, augmentation);
          const final = colouring?.at === 'pack-size' ? await colouring.colour(toGray(varied)) : varied;
          writer.write(slot, final.data);
        }
      }
      meter.add(source.slots.length);
    });
    const unreadable = [...faults.entries()].sort(([a], [b]) => a - b).map(([, fault]) => fault);
    const ids = items.map((item) => item.id);
    writer.finish(ids, key, [items.length, size.height, size.width, channels], unreadable);
    return { pack: openPack(file), unreadable, reused: false };
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

interface Source {
  readonly file: string;
  readonly sha256: string;
  /** The items that come from this file. */
  readonly slots: number[];
}

function groupBySource(items: readonly PackItem[]): Source[] {
  const sources = new Map<string, Source>();
  for (const [slot, { file, sha256: digest }] of items.entries()) {
    const known = sources.get(`${digest} ${file}`);
    if (known) known.slots.push(slot);
    else sources.set(`${digest} ${file}`, { file, sha256: digest, slots: [slot] });
  }
  return [...sources.values()];
}

interface DecodeSettings {
  readonly maxPixels: number;
  readonly minSide: number;
  readonly channels: 1 | 3;
  readonly operations: ImageOperations;
}

async function decodeSource(source: Source, settings: DecodeSettings): Promise<Image | ChromarayError> {
  try {
    const encoded = await readSource(source.file, settings.maxPixels);
    if (sha256(encoded.bytes) !== source.sha256) {
      throw imageError('CHANGED', source.file, 'is not the file that the data set recorded: its content has changed');
    }
    const { channels, operations, ...limits } = settings;
    const { window } = operations;
    const image = await decodeEncoded(encoded, { ...limits, ...(window && { window }) });
    return channels === 3 ? toRgb(image) : asImage(await operateAtFullSize(toGray(image), operations));
  } catch (error) {
    if (isChromarayError(error)) return error;
    throw error;
  }
}

function augmented(image: Image, item: PackItem, augmentation: AugmentationOptions): Image {
  if (!item.augment) return image;
  return applyAugmentation(image, drawAugmentation(augmentation, image, new Random(item.augment.seed)));
}

function faultOf({ code, message }: ChromarayError): Pick<UnreadableItem, 'code' | 'message'> {
  return { code, message };
}

/** The pack of this key if it is there and whole; anything else is built again. */
function openWhole(file: string, key: string): FilePack | undefined {
  if (!existsSync(file)) return undefined;
  let pack: FilePack | undefined;
  try {
    pack = openPack(file);
    pack.verifyPixels();
    if (pack.key === key && !pack.header.unreadable.some(({ code }) => passingFaults.has(code))) return pack;
  } catch (error) {
    if (!isChromarayError(error)) throw error;
  }
  pack?.close();
  return undefined;
}

function prepareFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    removeUnfinished(directory);
  } catch (error) {
    throw writeError(directory, error);
  }
}

function checkIds(items: readonly PackItem[]): void {
  const seen = new Set<string>();
  for (const { id, file } of items) {
    if (seen.has(id)) {
      throw new ChromarayError({
        code: 'CHROMARAY_PACK_DUPLICATE_ID',
        message: `Two pictures of a pixel pack have the id ${JSON.stringify(id)}; the second is ${file}.`,
        remedy: 'Give every picture an id of its own; copies made by augmentation too.',
        details: { id, file },
      });
    }
    seen.add(id);
  }
}
