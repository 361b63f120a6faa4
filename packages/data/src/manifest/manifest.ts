import { writeFileAtomic } from '@chromaray/base';
import {
  artefactFormat,
  type Dataset,
  type DatasetRecord,
  type LeftOut,
  type Manifest,
  type ManifestRecord,
  type Part,
  type Split,
} from '@chromaray/contracts';

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
    `"format": ${artefactFormat('manifest')}`,
    `"dataset": ${JSON.stringify({ hash, layout, positive, negative, patientRule })}`,
    `"split": ${JSON.stringify({ method, seed, counts, imbalance, notes })}`,
    `"records": ${lines(records)}`,
    `"unreadable": ${lines(unreadable)}`,
    ...(dataset.leftOut === undefined ? [] : [`"leftOut": ${JSON.stringify(byReason(dataset.leftOut))}`]),
  ];
  writeFileAtomic(file, `{\n${fields.join(',\n')}\n}\n`);
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
    ...(record.device === undefined ? {} : { device: record.device }),
    ...(record.site === undefined ? {} : { site: record.site }),
  };
}

function byReason(leftOut: readonly LeftOut[]): Manifest['leftOut'] {
  const reasons = [...new Set(leftOut.map(({ reason }) => reason))].sort();
  return reasons.map((reason) => ({ reason, records: leftOut.filter((one) => one.reason === reason).length }));
}

function lines(items: readonly string[]): string {
  return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n]`;
}
