import { readRegularFileSync, writeFileAtomic } from '@chromaray/base';
import type { Dataset, DatasetRecord, Manifest, ManifestRecord, Part, Split } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';

/** Raised when the meaning of a field changes. */
const manifestFormat = 1;

/**
 * Writes the manifest: the same data set and split give the same bytes, one record a line, so that two
 * manifests can be compared line by line.
 *
 * @throws ChromarayError `CHROMARAY_FILE_WRITE`
 */
export function writeManifest(dataset: Dataset, split: Split, file: string): void {
  const { hash, layout, positive, negative, patientRule } = dataset;
  const { method, seed, counts, imbalance, notes } = split;
  const records = dataset.records.map((record) => JSON.stringify(manifestRecord(record, split.part.get(record.id)!)));
  const unreadable = dataset.unreadable.map(({ id, code }) => JSON.stringify({ id, code }));
  const fields = [
    `"format": ${manifestFormat}`,
    `"dataset": ${JSON.stringify({ hash, layout, positive, negative, patientRule })}`,
    `"split": ${JSON.stringify({ method, seed, counts, imbalance, notes })}`,
    `"records": ${lines(records)}`,
    `"unreadable": ${lines(unreadable)}`,
  ];
  writeFileAtomic(file, `{\n${fields.join(',\n')}\n}\n`);
}

/** @throws ChromarayError `CHROMARAY_MANIFEST_UNREADABLE` for a file that is missing, damaged or of a newer format */
export function readManifest(file: string): Manifest {
  let cause: unknown;
  try {
    const manifest = JSON.parse(readRegularFileSync(file).toString('utf8')) as Manifest;
    if (manifest.format === manifestFormat) return manifest;
  } catch (error) {
    cause = error;
  }
  throw codedError('CHROMARAY_MANIFEST_UNREADABLE', {
    message: `${file} is missing, damaged, or of another format than ${manifestFormat}.`,
    cause,
    details: { file },
  });
}

function manifestRecord(record: DatasetRecord, part: Part): ManifestRecord {
  return {
    id: record.id,
    label: record.label,
    positive: record.positive,
    patient: record.patient,
    subtype: record.subtype,
    part,
    givenPart: record.givenPart,
    sha256: record.sha256,
    pixelHash: record.pixelHash,
    bytes: record.bytes,
    width: record.width,
    height: record.height,
    colour: record.colour,
    ...(record.viewPosition == null ? {} : { viewPosition: record.viewPosition }),
    ...(record.sex === undefined ? {} : { sex: record.sex }),
    ...(record.ageBand === undefined ? {} : { ageBand: record.ageBand }),
  };
}

function lines(items: readonly string[]): string {
  return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n]`;
}
