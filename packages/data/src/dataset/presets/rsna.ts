import path from 'node:path';
import { CsvTable, csvError } from '../csv-table.js';
import type { FileTree } from '../file-tree.js';
import { type ListedRecord, toId } from '../listing.js';
import { asPublished, findPresetManifests } from './manifest-place.js';
import { type PresetReader, presetClasses } from './preset.js';

const name = 'rsna';
const manifests = ['stage_2_train_labels.csv', 'stage_1_train_labels.csv'];
const details = { stage_2: 'stage_2_detailed_class_info.csv', stage_1: 'stage_1_detailed_class_info.csv' };
const mapping = 'pneumonia-challenge-dataset-mappings_2018.json';

const detailedClasses: Readonly<Record<string, string>> = {
  'Lung Opacity': presetClasses.positive,
  Normal: presetClasses.noFinding,
  'No Lung Opacity / Not Normal': presetClasses.other,
};

/**
 * RSNA Pneumonia Detection Challenge (Shih 2019): `stage_2_train_labels.csv`, one row a box, and
 * `stage_2_train_images/<patientId>.dcm`. Target 1 is positive; where the detailed classes lie beside it, they tell
 * pictures without finding from those with another one.
 *
 * `patientId` names a picture, not a patient, and so does the Patient ID in the files: several pictures are of one
 * patient of ChestX-ray14. Patients are known only with the mapping that RSNA publishes beside the challenge.
 */
export const rsna: PresetReader = async (tree, location) => {
  const { root, manifests: found } = findPresetManifests(tree, location, manifests);
  const manifest = found[0]!;
  const table = await CsvTable.read(tree, manifest);
  const at = { id: table.need(asPublished(name), 'patientId'), target: table.need(asPublished(name), 'Target') };
  const stage = path.basename(manifest).startsWith('stage_1') ? 'stage_1' : 'stage_2';
  const targets = new Map<string, string>();
  for (const row of table.rows) {
    const [id, target] = [table.cell(row, at.id), table.cell(row, at.target)];
    if (id === '' || (target !== '0' && target !== '1')) {
      throw csvError(manifest, `has the Target ${JSON.stringify(target)} in line ${row.line}`, 'Use 0 or 1.');
    }
    if ((targets.get(id) ?? target) !== target) {
      throw csvError(manifest, `has both Targets for ${id}, in line ${row.line} and before`, 'Correct the file.');
    }
    targets.set(id, target);
  }
  const detailed = await readDetails(tree, path.join(root, details[stage]));
  const patients = await readMapping(tree, path.join(root, mapping));
  const records = [...targets].map(([id, target]): ListedRecord => {
    const file = path.join(root, `${stage}_train_images`, `${id}.dcm`);
    const plain = target === '1' ? presetClasses.positive : presetClasses.negative;
    return {
      id: toId(path.relative(root, file), path.sep),
      file,
      label: detailed === undefined ? plain : (detailed.get(id) ?? plain),
      givenPart: null,
      patientColumn: patients?.get(id) ?? null,
    };
  });
  return {
    root,
    records,
    classes: [...new Set(records.map(({ label }) => label))].sort(),
    patientColumn: patients === undefined ? null : `img_id of ${mapping}`,
    ignored: [],
    ...(patients === undefined && { patientsUnknown: true }),
  };
};

async function readDetails(tree: FileTree, file: string): Promise<ReadonlyMap<string, string> | undefined> {
  if (!tree.isFile(file)) return undefined;
  const table = await CsvTable.read(tree, file);
  const at = { id: table.need(asPublished(name), 'patientId'), label: table.need(asPublished(name), 'class') };
  return new Map(
    table.rows.map((row) => {
      const text = table.cell(row, at.label);
      const label = Object.hasOwn(detailedClasses, text) ? detailedClasses[text] : undefined;
      if (label === undefined) throw csvError(file, `has the class "${text}" in line ${row.line}`, 'Correct the file.');
      return [table.cell(row, at.id), label];
    }),
  );
}

/** The patient of ChestX-ray14, by the name of the picture there: `00024997_001.png` is of patient 24997. */
async function readMapping(tree: FileTree, file: string): Promise<ReadonlyMap<string, string> | undefined> {
  if (!tree.isFile(file)) return undefined;
  try {
    const entries = JSON.parse(Buffer.from(await tree.read(file)).toString('utf8')) as readonly Record<
      string,
      string
    >[];
    return new Map(entries.map(({ subset_img_id, img_id }) => [subset_img_id!, img_id!.split('_')[0]!]));
  } catch (cause) {
    throw csvError(file, `is not the mapping that RSNA publishes: ${(cause as Error).message}`, 'Remove it.', cause);
  }
}
