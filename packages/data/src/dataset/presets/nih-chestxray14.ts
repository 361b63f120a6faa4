import path from 'node:path';
import { recordAttributes } from '@chromaray/contracts';
import { CsvTable, csvError } from '../csv-table.js';
import type { FileTree } from '../file-tree.js';
import { type ListedRecord, type Listing, toId } from '../listing.js';
import { asPublished, findPresetManifests } from './manifest-place.js';
import { type PresetReader, presetClasses } from './preset.js';

const name = 'nih-chestxray14';
const manifests = ['Data_Entry_2017_v2020.csv', 'Data_Entry_2017.csv', 'sample_labels.csv'];
const imageFolder = /^images(?:_\d{3})?$/i;
const testList = 'test_list.txt';
const trainList = 'train_val_list.txt';

/**
 * ChestX-ray14 of the NIH Clinical Center (Wang 2017), as published and as on Kaggle: `Data_Entry_2017.csv`, pictures
 * in `images_001/images` to `images_012/images` or in `images`. `Finding Labels` separates findings by `|`; a picture
 * whose findings include Pneumonia is positive, whatever else it shows. The official lists of the test part, where they
 * lie beside the manifest, give the parts.
 */
export const nihChestXray14: PresetReader = async (tree, location) => {
  const { root, manifests: found } = findPresetManifests(tree, location, manifests);
  const manifest = found[0]!;
  const table = await CsvTable.read(tree, manifest);
  const need = (...columns: string[]): number => table.need(asPublished(name), ...columns);
  const at = {
    image: need('Image Index'),
    findings: need('Finding Labels'),
    patient: need('Patient ID'),
    view: table.find('View Position'),
    sex: table.find('Patient Gender', 'Patient Sex'),
    age: table.find('Patient Age'),
  };
  const files = pictureFiles(tree, root);
  const [test, train] = await Promise.all([readList(tree, root, testList), readList(tree, root, trainList)]);
  const lines = new Map<string, number>();
  const records = table.rows.map((row): ListedRecord => {
    const image = table.cell(row, at.image);
    const earlier = lines.get(image);
    if (image === '' || earlier !== undefined) {
      const found = image === '' ? 'has no "Image Index"' : `names ${image} in line ${earlier} and`;
      throw csvError(manifest, `${found} in line ${row.line}`, 'Use the file as published: one row a picture.');
    }
    lines.set(image, row.line);
    // Without a file it is listed as missing, where it would most likely be.
    const file = files.get(image) ?? path.join(root, 'images', image);
    return {
      id: toId(path.relative(root, file), path.sep),
      file,
      label: labelOf(table.cell(row, at.findings)),
      givenPart: test.has(image) ? 'test' : train.has(image) ? 'train' : null,
      patientColumn: table.cell(row, at.patient) || null,
      attributes: recordAttributes({
        view: table.cell(row, at.view),
        sex: table.cell(row, at.sex),
        age: table.cell(row, at.age),
      }),
    };
  });
  const classes = [...new Set(records.map(({ label }) => label))].sort();
  return { root, records, classes, patientColumn: 'Patient ID', ignored: [] } satisfies Listing;
};

function labelOf(findings: string): string {
  const all = findings.split('|').map((finding) => finding.trim());
  if (all.includes('Pneumonia')) return presetClasses.positive;
  return all.length === 1 && all[0] === 'No Finding' ? presetClasses.noFinding : presetClasses.other;
}

/** Every picture by its name, which is unique in the whole set. */
function pictureFiles(tree: FileTree, root: string): ReadonlyMap<string, string> {
  const folders = tree.entriesOf(root).filter((entry) => entry.isFolder && imageFolder.test(entry.name));
  const images = folders.flatMap(({ file }) => tree.walk(file).images);
  return new Map(images.map((file) => [path.basename(file), file]));
}

async function readList(tree: FileTree, root: string, list: string): Promise<ReadonlySet<string>> {
  const file = path.join(root, list);
  if (!tree.isFile(file)) return new Set();
  return new Set(
    Buffer.from(await tree.read(file))
      .toString('utf8')
      .split(/\s+/),
  );
}
