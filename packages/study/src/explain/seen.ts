import { existsSync } from 'node:fs';
import { inputTransform } from '@chromaray/colour';
import type { ArmSection, RunRecord, StudyFile } from '@chromaray/contracts';
import { applyColourTable, type Image, openPack } from '@chromaray/imaging';
import { pixelsOf } from '../prepare/arm-pixels.js';

/**
 * Records of the test part as an arm's network is fed them, from the pack; undefined where it has been cleared away. A colour
 * that is learned differs by trial; its arm is shown what its network is fed.
 */
export function seenBy(
  study: StudyFile,
  arm: ArmSection,
  record: Pick<RunRecord, 'testPacks'>,
  ids: readonly string[],
): readonly Image[] | undefined {
  const file = record.testPacks[pixelsOf(study, arm)];
  if (file === undefined || !existsSync(file)) return undefined;
  const transform = inputTransform(arm.colour);
  const pack = openPack(file);
  try {
    const [, height, width, channels] = pack.shape;
    return ids.map((id) => {
      const data = new Uint8Array(height * width * channels);
      pack.read(pack.indexOf(id)!, data);
      const image: Image = { width, height, channels, data };
      return transform.kind === 'table' ? applyColourTable({ ...image, channels: 1 }, transform.table) : image;
    });
  } finally {
    pack.close();
  }
}
