import { existsSync } from 'node:fs';
import type { StudyFolder } from '@chromaray/contracts';
import { type Image, openPack } from '@chromaray/imaging';
import { readArtefact } from '@chromaray/store';
import { packPictures } from './pack-pixels.js';

/**
 * Records of the test part in gray, from whichever of the study's packs is there; gray packs come first, since colours may
 * move brightness a little.
 *
 * @returns undefined for a record that no pack holds
 */
export function testPictures(folder: StudyFolder, records: readonly string[]): readonly (Image | undefined)[] {
  const packs = Object.entries(readArtefact('run', folder.runRecord).testPacks)
    .sort(([a], [b]) => Number(b === 'gray') - Number(a === 'gray'))
    .map(([, file]) => file)
    .filter((file) => existsSync(file));
  const [file] = packs;
  if (file === undefined) return records.map(() => undefined);
  const pack = openPack(file);
  const held = records.filter((record) => pack.indexOf(record) !== undefined);
  pack.close();
  const pictures = new Map(packPictures(file, held).map(({ gray }, i) => [held[i]!, gray]));
  return records.map((record) => pictures.get(record));
}
