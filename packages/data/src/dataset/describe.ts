import path from 'node:path';
import { sha256 } from '@chromaray/base';
import type { Dataset, DatasetRecord, LeftOut, PatientRuleSpec, Unreadable } from '@chromaray/contracts';
import { choosePatientRule } from '../patients/choose.js';
import type { IdentifiableRecord, PatientRule } from '../patients/rule.js';
import { PatientPseudonyms } from '../patients/salt.js';
import { type ChosenClasses, chooseClasses, refuseEmptyClasses } from './classes.js';
import { selectViews } from './dicom-views.js';
import { excludeRecords, readExclusions } from './exclusions.js';
import { FileIndex } from './file-index.js';
import { disk, treeAt } from './file-tree.js';
import { type FileFacts, fingerprintOf } from './inspect.js';
import { type DescribeProgress, inspectAll } from './inspect-all.js';
import { refuseLinksOut } from './links-out.js';
import { type ListingOptions, listRecords, severalOf } from './list.js';
import { byId, type ListedRecord, type Listing } from './listing.js';
import { lossesByClass } from './losses.js';
import { refuseManyUnreadable } from './refuse-unreadable.js';
import { requireNamedClasses } from './several-classes.js';

/** What to describe; the `dataset` section of a study file fits. */
export interface DescribeOptions extends ListingOptions {
  /** A folder, a manifest, an `.npz` file or a zip archive, which is read in place. */
  readonly path: string;
  /** Default: a class called PNEUMONIA; with three or more `classes` and none, these are told apart. */
  readonly positive?: string;
  /** Default `auto`. */
  readonly patient?: PatientRuleSpec;
  /** Most files that may be unreadable, as a share of all. Default 0.05. */
  readonly unreadableShare?: number;
  /** Also read what lies behind links that lead out of the data set. Default: such a link is an error. */
  readonly followLinks?: boolean;
  /** A CSV list of records that are left out (`record,reason,time`). Default: none. */
  readonly exclude?: string;
  /** Keep these view positions and leave out all others. Default: keep all. */
  readonly views?: readonly string[];
  /** The secret under which patient ids of DICOM files are hashed. Default: one of this user's. */
  readonly saltFile?: string;
  /** Pictures of more pixels are refused unread. */
  readonly maxPixels?: number;
  /** Where to remember what files hold; without it every call decodes every file. */
  readonly cacheDirectory?: string;
  readonly concurrency?: number;
  /** Told once, before any file is opened: what the folders or the manifest name, and no more. */
  readonly onListed?: (listed: ListedDataset) => void;
  readonly onProgress?: (progress: DescribeProgress) => void;
  readonly signal?: AbortSignal;
}

/** A data set by its names: files that cannot be read are among the records, and patients are not known yet. */
export interface ListedDataset {
  readonly root: string;
  readonly positive: string;
  readonly negative: string;
  readonly classes: readonly string[];
  /** Sorted by id. */
  readonly records: readonly (ListedRecord & { readonly positive: boolean })[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Reads a data set: lists its records, opens every image once, and finds classes, patients and given parts.
 *
 * @throws ChromarayError `CHROMARAY_DATASET_<WHAT>`, `CHROMARAY_PATIENTS_<WHAT>`, `CHROMARAY_ZIP_<WHAT>` and
 *   `CHROMARAY_NUMPY_<WHAT>`; docs/data.md has the list.
 */
export async function describeDataset(options: DescribeOptions): Promise<Dataset> {
  const location = path.resolve(options.path);
  const tree = await treeAt(location);
  const listing = await withoutExcluded(await listRecords(tree, location, options), options.exclude);
  if (tree === disk && options.followLinks !== true) refuseLinksOut(listing.root, listing.records);
  const several = severalOf(options);
  if (several !== null) requireNamedClasses(listing.classes, several);
  const { positive, negative } =
    several === null ? chooseClasses(listing.classes, options.positive) : againstReference(several);
  refuseEmptyClasses(listing.classes, listing.records);

  const listed = [...listing.records].sort(byId);
  const isPositive = (label: string): boolean => (several === null ? label === positive : label !== negative);
  options.onListed?.({
    ...{ root: listing.root, positive, negative, classes: listing.classes, leftOut: listing.leftOut ?? [] },
    records: listed.map((record) => ({ ...record, positive: isPositive(record.label) })),
  });
  const { cacheDirectory } = options;
  const index = cacheDirectory === undefined ? undefined : new FileIndex(cacheDirectory, tree.real(listing.root));
  const { maxPixels, concurrency, onProgress, signal } = options;
  const pseudonyms = new PatientPseudonyms(options.saltFile);
  const facts = await inspectAll(listed, { index, maxPixels, pseudonyms, concurrency, onProgress, signal });

  const readable: { listed: ListedRecord; facts: FileFacts }[] = [];
  const unreadable: (Unreadable & { readonly label: string })[] = [];
  const withoutPicture: string[] = [];
  listed.forEach((record, position) => {
    const found = facts[position]!;
    if ('sha256' in found) readable.push({ listed: record, facts: found });
    // Every archive holds reports and presentation states too; they are not damaged pictures.
    else if (found.code === 'CHROMARAY_DICOM_NO_PIXELS') withoutPicture.push(record.id);
    else unreadable.push({ id: record.id, file: record.file, label: record.label, ...found });
  });
  refuseManyUnreadable(unreadable, listed.length - withoutPicture.length, options.unreadableShare ?? 0.05);
  const losses = lossesByClass(
    listing.classes,
    readable.map((item) => item.listed),
    unreadable,
    listing.ignoredOfClasses ?? [],
  );
  const named = readable.map(({ listed: record, facts: { dicom } }) => ({
    ...record,
    dicomPatient: dicom?.patient ?? null,
    viewPosition: record.attributes?.viewPosition ?? dicom?.viewPosition ?? null,
  }));
  refuseEmptyClasses(listing.classes, named, unreadable);
  const { kept: names, leftOut: ofOtherViews } =
    options.views === undefined ? { kept: named, leftOut: [] } : selectViews(named, options.views);
  const leftOut = [...(listing.leftOut ?? []), ...ofOtherViews].sort(byId);
  const wanted = options.patient ?? 'auto';
  const spec = wanted === 'auto' && listing.patientsUnknown ? 'none' : wanted;
  const rule = choosePatientRule(spec, names, listing.patientColumn);
  const chosen = new Map(names.map((record) => [record.id, record]));
  const records = readable.flatMap((item) => {
    const record = chosen.get(item.listed.id);
    return record === undefined ? [] : [toRecord(record, item.facts, isPositive, rule)];
  });
  return {
    root: listing.root,
    layout: listing.layout,
    positive,
    negative,
    classes: listing.classes,
    ...(several === null ? {} : { several }),
    records,
    unreadable: unreadable.map(({ label, ...file }) => file),
    losses,
    ...notesOf(readable, records),
    ...(leftOut.length > 0 && { leftOut }),
    ignored: [...listing.ignored, ...withoutPicture].sort(),
    patientRule: rule === null ? null : { name: rule.name, description: rule.description },
    hash: contentHash(several === null ? { positive } : { several }, records),
  };
}

/** What has two sides only sets the first of several classes against all others together. */
function againstReference([reference, ...others]: readonly string[]): ChosenClasses {
  return { positive: others.join(' + '), negative: reference! };
}

async function withoutExcluded<Of extends Listing>(listing: Of, list: string | undefined): Promise<Of> {
  return list === undefined ? listing : excludeRecords(listing, await readExclusions(list), list);
}

function toRecord(
  listed: ListedRecord & IdentifiableRecord,
  facts: FileFacts,
  isPositive: (label: string) => boolean,
  rule: PatientRule | null,
): DatasetRecord {
  const identity = rule?.identify(listed) ?? null;
  return {
    id: listed.id,
    file: listed.file,
    label: listed.label,
    positive: isPositive(listed.label),
    patient: identity?.patient ?? null,
    subtype: identity?.subtype ?? null,
    givenPart: listed.givenPart,
    sha256: facts.sha256,
    pixelHash: facts.pixelHash,
    bytes: facts.bytes,
    width: facts.width,
    height: facts.height,
    colour: facts.colour,
    traits: facts.traits,
    fingerprint: fingerprintOf(facts),
    ...(facts.dicom?.patientLikeness && { patientLikeness: facts.dicom.patientLikeness }),
    ...(facts.dicom && { viewPosition: facts.dicom.viewPosition, laterality: facts.dicom.laterality }),
    ...facts.dicom?.attributes,
    ...listed.attributes,
  };
}

function contentHash(classes: object, records: readonly DatasetRecord[]): string {
  const lines = records.map(({ id, label, patient, givenPart, sha256: hash }) =>
    JSON.stringify([id, label, patient, givenPart, hash]),
  );
  return sha256([JSON.stringify(classes), ...lines].join('\n'));
}

/** The notes of files that became records. */
function notesOf(
  readable: readonly { readonly listed: ListedRecord; readonly facts: FileFacts }[],
  records: readonly DatasetRecord[],
): Pick<Dataset, 'notes'> {
  const kept = new Set(records.map(({ id }) => id));
  const notes = readable.flatMap(({ listed: { id }, facts }) =>
    kept.has(id) ? (facts.notes ?? []).map((note) => ({ id, ...note })) : [],
  );
  return notes.length === 0 ? {} : { notes };
}
