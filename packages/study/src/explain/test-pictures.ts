import { existsSync } from 'node:fs';
import type { StudyFolder } from '@chromaray/contracts';
import type { Image } from '@chromaray/imaging';
import { packPictures } from './pack-pixels.js';
import { heldBy, testedSplits } from './tested-in.js';

/**
 * Records of the test part in gray, of a study with folds those of every fold, from whichever of the study's packs are there;
 * gray packs come first, since colours may move brightness a little.
 *
 * @returns undefined for a record that no pack holds
 */
export function testPictures(folder: StudyFolder, records: readonly string[]): readonly (Image | undefined)[] {
  const pictures = new Map<string, Image>();
  for (const { testPacks } of testedSplits(folder)) {
    const file = bestPack(testPacks);
    if (file === undefined) continue;
    const held = heldBy(
      file,
      records.filter((record) => !pictures.has(record)),
    );
    packPictures(file, held).forEach(({ gray }, i) => {
      pictures.set(held[i]!, gray);
    });
  }
  return records.map((record) => pictures.get(record));
}

function bestPack(packs: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(packs)
    .sort(([a], [b]) => Number(b === 'gray') - Number(a === 'gray'))
    .map(([, file]) => file)
    .find((file) => existsSync(file));
}
