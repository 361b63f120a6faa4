import path from 'node:path';
import type { ChromarayError } from '@chromaray/base';
import type { Part } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { joinArchivePath, type NpyValues, NpzArchive, openArchive, splitArchivePath } from '@chromaray/imaging';
import { className, labelError } from './class-names.js';
import { type ListedRecord, type Listing, partNamed } from './listing.js';

/** Pictures and labels that belong together, by the names of their arrays. */
interface ArrayPair {
  readonly images: string;
  readonly labels: string;
  readonly givenPart: Part | null;
}

/** PneumoniaMNIST's labels, as medmnist 3.0.2 names them in `INFO["pneumoniamnist"]["label"]`. */
const pneumoniaMnist = { file: /^pneumoniamnist(?:_\d+)?\.npz$/i, classes: ['NORMAL', 'PNEUMONIA'] } as const;

/**
 * An `.npz` file of NumPy with pictures and labels in arrays, as MedMNIST is published: `train_images` (uint8,
 * [n, h, w] or [n, h, w, 3]) and `train_labels` ([n] or [n, 1], whole numbers), the same for `val` and `test`; or
 * `images` and `labels` without parts. A record is called `train_images/00017` by array and index.
 *
 * @param classes names of the labels, from 0; default: PneumoniaMNIST's for files of its name, else the numbers
 * @throws ChromarayError `CHROMARAY_DATASET_LAYOUT`, `CHROMARAY_DATASET_LABELS`; `CHROMARAY_NUMPY_`, `CHROMARAY_ZIP_`
 */
export async function listNpz(location: string, classes: readonly string[] | undefined): Promise<Listing> {
  const file = splitArchivePath(location)?.archive ?? location;
  const archive = await openArchive(file);
  if (!(archive instanceof NpzArchive)) {
    throw layoutError(location, 'is not an .npz file', 'Give the path of an .npz file, or another layout.', []);
  }
  const { arrays } = archive;
  const pairs = pairArrays(file, arrays);
  const names = classes ?? (pneumoniaMnist.file.test(path.basename(file)) ? pneumoniaMnist.classes : undefined);
  const records: ListedRecord[] = [];
  for (const { images, labels, givenPart } of pairs) {
    const pictures = archive.picturesOf(images);
    const where = `${file}: the array "${labels}"`;
    if (pictures === undefined) {
      const shape = archive.shapeOf(images).join(', ');
      throw layoutError(
        `${file}: the array "${images}"`,
        `holds no pictures: its shape is [${shape}] or its type is not uint8`,
        'Save pictures as uint8 of the shape [n, height, width] or [n, height, width, 3].',
        arrays,
      );
    }
    const values = checkLabels(await archive.values(labels), pictures.length, where);
    pictures.forEach((id, index) => {
      const label = String(values[index]);
      records.push({
        id,
        file: joinArchivePath(file, id),
        label: names === undefined ? label : className(label, names, `${where}, index ${index},`),
        givenPart,
        patientColumn: null,
      });
    });
  }
  const used = new Set(pairs.flatMap(({ images, labels }) => [images, labels]));
  const ignored = arrays.filter((array) => !used.has(array)).sort();
  const found = [...new Set(records.map(({ label }) => label))].sort();
  return { root: file, records, classes: found, patientColumn: null, ignored };
}

function pairArrays(file: string, arrays: readonly string[]): readonly ArrayPair[] {
  const pairs = arrays.flatMap((images): readonly ArrayPair[] => {
    const [, prefix] = /^(?:(.+)_)?images$/.exec(images) ?? [];
    if (!images.endsWith('images')) return [];
    const givenPart = prefix === undefined ? null : partNamed(prefix);
    if (givenPart === undefined) return [];
    const labels = prefix === undefined ? 'labels' : `${prefix}_labels`;
    if (!arrays.includes(labels)) {
      throw layoutError(file, `has an array "${images}" and no "${labels}"`, `Add "${labels}".`, arrays);
    }
    return [{ images, labels, givenPart }];
  });
  const places = pairs.map(({ givenPart }) => givenPart);
  if (pairs.length > 0 && new Set(places).size === pairs.length && (pairs.length === 1 || !places.includes(null))) {
    return pairs;
  }
  throw layoutError(
    file,
    pairs.length === 0
      ? `has no pictures under a known name; it has the arrays ${arrays.join(', ')}`
      : `has more than one array for a part: ${pairs.map(({ images }) => images).join(', ')}`,
    'Name the arrays train_images, train_labels, val_images, val_labels, test_images and test_labels, or images and labels.',
    arrays,
  );
}

function checkLabels({ shape, values }: NpyValues, pictures: number, where: string): Float64Array {
  const oneEach = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  if (!oneEach) {
    throw labelError(
      where,
      `has the shape [${shape.join(', ')}]: several labels a picture`,
      'Save one label a picture, for example the column of the finding that is asked about.',
    );
  }
  if (shape[0] !== pictures) {
    throw labelError(where, `has ${shape[0]} labels for ${pictures} pictures`, 'Save as many labels as pictures.');
  }
  const wrong = values.find((value) => !Number.isInteger(value) || value < 0);
  if (wrong !== undefined) {
    throw labelError(where, `holds the label ${wrong}`, 'Save labels as whole numbers from 0.');
  }
  return values;
}

function layoutError(where: string, found: string, remedy: string, arrays: readonly string[]): ChromarayError {
  return codedError('CHROMARAY_DATASET_LAYOUT', {
    message: `${where} ${found}.`,
    remedy,
    details: { where, found: arrays },
  });
}
