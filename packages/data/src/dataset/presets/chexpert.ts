import path from 'node:path';
import { type LeftOut, recordAttributes, type UncertainPolicy } from '@chromaray/contracts';
import { CsvTable, csvError } from '../csv-table.js';
import { type ListedRecord, partNamed, toId } from '../listing.js';
import { asPublished, findPresetManifests } from './manifest-place.js';
import { type PresetReader, presetClasses } from './preset.js';

const name = 'chexpert';
const manifests = ['train.csv', 'valid.csv', 'test.csv'];
/** Paths start with the folder that the set is unpacked to: `CheXpert-v1.0-small/train/patient00001/...`. */
const setFolder = /^CheXpert-[^/]+\//i;

/**
 * CheXpert (Irvin 2019): `train.csv` and `valid.csv` with a column a finding, 1, 0, -1 (uncertain) or blank (not
 * mentioned), and the patient in the path. Blank counts as no pneumonia, as in the paper's models; uncertain ones by the
 * policy that the study chooses. The part is the folder: train or valid.
 */
export const chexpert: PresetReader = async (tree, location, { uncertain }) => {
  const { root, manifests: found } = findPresetManifests(tree, location, manifests, true);
  const records = new Map<string, ListedRecord>();
  const leftOut: LeftOut[] = [];
  for (const manifest of found) {
    const table = await CsvTable.read(tree, manifest);
    const at = {
      path: table.need(asPublished(name), 'Path'),
      label: table.need(asPublished(name), 'Pneumonia'),
      sex: table.find('Sex'),
      age: table.find('Age'),
      plane: table.find('Frontal/Lateral'),
      direction: table.find('AP/PA'),
    };
    for (const row of table.rows) {
      const relative = table.cell(row, at.path).replace(setFolder, '');
      const [, part, patient] = /^(?:([^/]+)\/)?(patient\d+)\//.exec(relative) ?? [];
      if (patient === undefined) {
        throw csvError(manifest, `has a Path without a patient in line ${row.line}`, 'Use the file as published.');
      }
      const file = path.join(root, ...relative.split('/'));
      const id = toId(path.relative(root, file), path.sep);
      if (records.has(id)) throw csvError(manifest, `names ${id} twice, again in line ${row.line}`, 'Keep one row.');
      const label = labelOf(table.cell(row, at.label), uncertain);
      if (label === undefined) {
        throw csvError(
          manifest,
          `has the Pneumonia "${table.cell(row, at.label)}" in line ${row.line}`,
          'Use 1, 0, -1 or nothing.',
        );
      }
      if (label === null) {
        leftOut.push({ id, reason: 'whether it shows pneumonia is uncertain' });
        continue;
      }
      const isLateral = table.cell(row, at.plane).toLowerCase() === 'lateral';
      records.set(id, {
        id,
        file,
        label,
        givenPart: (part && partNamed(part)) || null,
        patientColumn: patient,
        attributes: recordAttributes({
          view: isLateral ? 'LATERAL' : table.cell(row, at.direction),
          sex: table.cell(row, at.sex),
          age: table.cell(row, at.age),
        }),
      });
    }
  }
  return {
    root,
    records: [...records.values()],
    classes: [...new Set([...records.values()].map(({ label }) => label))].sort(),
    patientColumn: 'Path',
    ignored: [],
    leftOut,
  };
};

/** Null: left out; undefined: not a label. */
function labelOf(text: string, uncertain: UncertainPolicy): string | null | undefined {
  const value = text === '' ? 0 : Number(text);
  if (value === -1) {
    if (uncertain === 'leave-out') return null;
    return uncertain === 'positive' ? presetClasses.positive : presetClasses.negative;
  }
  if (value === 1) return presetClasses.positive;
  return value === 0 ? presetClasses.negative : undefined;
}
