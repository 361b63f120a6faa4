import type { ChromarayError } from '@chromaray/base';
import {
  type Dataset,
  type DatasetRecord,
  type OnStudyEvent,
  type Part,
  parts,
  type Split,
  type StudyFile,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { augmentationOptions, type BalancePlan, type TrainingEntry } from '@chromaray/data';
import { buildPack, type PackColouring, type PackItem } from '@chromaray/imaging';

/** What decides the pixels an arm trains and tests on. */
export interface PackInputs {
  readonly dataset: Dataset;
  readonly split: Split;
  readonly balance: BalancePlan;
  /** The study as the arm sees it. */
  readonly study: StudyFile;
}

/** A part's pack and labels. */
export interface BuiltPart {
  /** File of the pack. */
  readonly pack: string;
  /** Equal keys mean equal pixels. */
  readonly key: string;
  /** 1 for the positive class, 0 for the other; of several classes the index of each; in the pack's order. */
  readonly labels: Uint8Array;
}

/**
 * Decodes every part once, for all arms that see the same pixels. Only training rows are ever augmented.
 *
 * @param colouring for arms that are coloured before training; gray without
 * @throws ChromarayError `CHROMARAY_DATASET_CHANGED` when a file is no longer what was described
 */
export async function buildPartPacks(
  { dataset, split, balance, study }: PackInputs,
  directory: string,
  onEvent: OnStudyEvent,
  signal: AbortSignal,
  colouring?: PackColouring,
): Promise<Record<Part, BuiltPart>> {
  const { size, ...operations } = study.image;
  const records = new Map(dataset.records.map((record) => [record.id, record]));
  const augmentation = balance.augmentation === null ? {} : augmentationOptions(balance.augmentation);
  const built: Partial<Record<Part, BuiltPart>> = {};
  for (const part of parts) {
    const entries = part === 'train' ? balance.entries : partRecords(dataset, split, part).map(({ id }) => asItIs(id));
    const { pack, unreadable } = await buildPack({
      directory,
      items: entries.map((entry) => packItem(entry, records.get(entry.record)!, study.split.seed)),
      size,
      operations,
      augmentation,
      ...(colouring && { colouring }),
      signal,
      onProgress: ({ done, total }) =>
        onEvent({
          kind: 'progress',
          phase: colouring ? 'colorizing' : 'decoding',
          done,
          total,
          unit: 'images',
          part,
        }),
    });
    pack.close();
    if (unreadable.length > 0) throw unusable(unreadable[0]!);
    built[part] = {
      pack: pack.file!,
      key: pack.key,
      labels: Uint8Array.from(entries, ({ record }) => classIndex(records.get(record)!, dataset.several)),
    };
  }
  return built as Record<Part, BuiltPart>;
}

/** A record's label for its network: of several classes the index, of two 1 for positive. */
function classIndex({ label, positive }: DatasetRecord, several: readonly string[] | undefined): number {
  return several === undefined ? Number(positive) : several.indexOf(label);
}

/** The records of a part, in the order in which its pack and its predictions hold them. */
export function partRecords(dataset: Dataset, split: Split, part: Part): readonly DatasetRecord[] {
  return dataset.records.filter(({ id }) => split.part.get(id) === part);
}

function asItIs(record: string): TrainingEntry {
  return { record, copy: 0 };
}

function packItem({ copy }: TrainingEntry, { id, file, sha256 }: DatasetRecord, seed: number): PackItem {
  if (copy === 0) return { id, file, sha256 };
  return { id: `${id}#${copy}`, file, sha256, augment: { seed: `${seed}/${id}/${copy}` } };
}

/** Pictures were read once already, when they were described: either one has changed, or an operation cannot be done. */
function unusable(item: { readonly id: string; readonly code: string; readonly message: string }): ChromarayError {
  if (item.code === 'CHROMARAY_IMAGE_UNSUPPORTED') {
    return codedError('CHROMARAY_IMAGE_OPERATION', {
      message: item.message,
      remedy: 'Leave `image.window` out, or use a data set of DICOM files.',
      details: { record: item.id },
    });
  }
  return codedError('CHROMARAY_DATASET_CHANGED', {
    message: `The data set changed while the study ran: ${item.message}`,
    details: { record: item.id },
  });
}
