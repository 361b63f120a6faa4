import { existsSync } from 'node:fs';
import { Random } from '@chromaray/base';
import { armPixels, inputTransform } from '@chromaray/colour';
import type { ArmSection, Manifest, ManifestRecord, RunRecord, StudyFile } from '@chromaray/contracts';
import { applyColourTable, dataUri, encodePng, type Image, openPack } from '@chromaray/imaging';
import type { ReportSample, ReportSampleImage } from '@chromaray/pages';

const samplesPerClass = 2;

/**
 * A few X-rays of the test part as each arm's network sees them, read from the packs. Chosen by the split's
 * seed, never by how well a model did. Empty when the packs have been cleared away.
 */
export async function reportSamples(
  study: StudyFile,
  manifest: Manifest,
  record: RunRecord,
): Promise<readonly ReportSample[]> {
  const chosen = chooseRecords(manifest, study.split.seed);
  const images = new Map(chosen.map(({ id }) => [id, [] as ReportSampleImage[]]));
  for (const arm of study.arms) {
    const file = record.testPacks[armPixels(arm.colour)];
    if (file === undefined || !existsSync(file)) return [];
    const pack = openPack(file);
    try {
      const [, height, width, channels] = pack.shape;
      for (const { id } of chosen) {
        const data = new Uint8Array(height * width * channels);
        pack.read(pack.indexOf(id)!, data);
        const seen = asSeen({ width, height, channels, data }, arm);
        images.get(id)!.push({ arm: arm.name, dataUri: dataUri(await encodePng(seen), 'png') });
      }
    } finally {
      pack.close();
    }
  }
  return chosen.map(({ id, label }) => ({ record: id, label, images: images.get(id)! }));
}

function chooseRecords(manifest: Manifest, seed: number): readonly ManifestRecord[] {
  const test = manifest.records.filter(({ part }) => part === 'test');
  const shuffled = new Random(seed).fork('samples').shuffle([...test]);
  const ofClass = (positive: boolean): readonly ManifestRecord[] =>
    shuffled.filter((record) => record.positive === positive).slice(0, samplesPerClass);
  return [...ofClass(false), ...ofClass(true)];
}

/** A colour that is learned differs by trial; its arm is shown what its network is fed. */
function asSeen(image: Image, arm: ArmSection): Image {
  const transform = inputTransform(arm.colour);
  return transform.kind === 'table' ? applyColourTable({ ...image, channels: 1 }, transform.table) : image;
}
