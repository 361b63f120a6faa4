/** Reads a data set, draws its thumbnails and audits it, in a process of its own: a page stays quick meanwhile. */
import { isChromarayError, type SerializedError } from '@chromaray/base';
import type { Audit, Dataset, DatasetRecord } from '@chromaray/contracts';
import { errorTable } from '@chromaray/contracts/errors';
import { auditDataset, describeDataset, type ListedDataset, searchNearDuplicates } from '@chromaray/data';
import { buildPack } from '@chromaray/imaging';
import type { DatasetFacts, DatasetMessage, DatasetOrder, DatasetProgress, KnownRecord } from './dataset-order.js';
import { readStoredAudit, storeAudit } from './stored-audit.js';
import { thumbnailSide } from './thumbnail-side.js';

type Describing = Pick<DatasetRecord, 'viewPosition' | 'sex' | 'ageBand' | 'device'>;
type Phase = DatasetProgress['phase'];
type Meter = (done: number, total: number) => void;

/** Milliseconds between two words of progress. */
const between = 200;

process.once('disconnect', () => process.exit());
await main(JSON.parse(process.argv[2]!) as DatasetOrder);

async function main(order: DatasetOrder): Promise<void> {
  try {
    await read(order);
  } catch (error) {
    await tell({ error: serialized(error) });
  }
  process.disconnect();
}

async function read({ section, cache, audit }: DatasetOrder): Promise<void> {
  const meter = (phase: Phase): Meter => throttled((done, total) => void tell({ progress: { phase, done, total } }));
  const reading = meter('reading');
  const dataset = await describeDataset({
    ...section,
    unreadableShare: 1,
    cacheDirectory: cache,
    onListed: (listed) => void tell({ facts: factsByName(listed) }),
    onProgress: ({ done, total }) => reading(done, total),
  });
  await tell({ facts: factsOf(dataset) });
  const drawing = meter('drawing');
  const { pack } = await buildPack({
    directory: cache,
    items: dataset.records.map(({ id, file, sha256 }) => ({ id, file, sha256 })),
    size: thumbnailSide,
    onProgress: ({ done, total }) => drawing(done, total),
  });
  pack.close();
  await tell({ thumbnails: pack.file! });
  if (audit) await tell({ audit: readStoredAudit(cache, dataset) ?? (await audited(dataset, cache, meter)) });
}

/** Looks for everything that could fool a study, and keeps what was found. */
async function audited(dataset: Dataset, cache: string, meter: (phase: Phase) => Meter): Promise<Audit> {
  await searchNearDuplicates(dataset, meter('comparing'), new AbortController().signal);
  const auditing = meter('auditing');
  const audit = auditDataset(dataset, null, ({ done, total }) => auditing(done, total));
  storeAudit(cache, dataset, audit);
  return audit;
}

/** What names tell, before any file is opened. */
function factsByName({ records, ...listed }: ListedDataset): DatasetFacts {
  const unread = { patient: null, subtype: null, width: null, height: null, bytes: null, colour: null };
  return {
    ...listed,
    ...{ hash: null, unreadable: [] },
    records: records.map(({ id, file, label, positive, givenPart: part, attributes = {} }) => ({
      ...{ id, file, label, positive, part, ...unread, ...describedBy(attributes) },
    })),
  };
}

function factsOf(dataset: Dataset): DatasetFacts {
  const { root, positive, negative, classes, hash, records, unreadable, leftOut = [] } = dataset;
  return {
    ...{ root, positive, negative, classes, hash, leftOut },
    records: records.map(known),
    unreadable: unreadable.map(({ id, code, reason }) => ({ id, code, reason })),
  };
}

function known(record: DatasetRecord): KnownRecord {
  const { id, file, label, positive, patient, givenPart, subtype, width, height, bytes, colour } = record;
  return {
    ...{ id, file, label, positive, patient, part: givenPart, subtype, width, height, bytes, colour },
    ...describedBy(record),
  };
}

function describedBy({
  viewPosition,
  sex,
  ageBand,
  device,
}: Describing): Pick<KnownRecord, 'view' | 'sex' | 'age' | 'device'> {
  return { view: viewPosition ?? null, sex: sex ?? null, age: ageBand ?? null, device: device ?? null };
}

function throttled(say: Meter): Meter {
  let last = 0;
  return (done, total) => {
    if (done < total && performance.now() - last < between) return;
    last = performance.now();
    say(done, total);
  };
}

function tell(message: DatasetMessage): Promise<void> {
  return new Promise((resolve) => {
    process.send!(message, undefined, undefined, () => resolve());
  });
}

function serialized(error: unknown): SerializedError {
  if (isChromarayError(error)) return error.toJSON();
  // The page says that it is a defect; the terminal shows which.
  console.error(error);
  const { remedy } = errorTable.CHROMARAY_DEFECT;
  const message = 'Reading the data set met a defect of Chromaray; the terminal shows it.';
  return { name: 'Error', code: 'CHROMARAY_DEFECT', message, remedy, details: {} };
}
