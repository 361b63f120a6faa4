import { Random } from '@chromaray/base';
import type { Manifest, ManifestRecord, RunRecord, StudyFile } from '@chromaray/contracts';
import { dataUri, encodePng } from '@chromaray/imaging';
import type { ReportSample, ReportSampleImage } from '@chromaray/pages';
import { seenBy } from '../explain/seen.js';

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
    const seen = seenBy(
      study,
      arm,
      record,
      chosen.map(({ id }) => id),
    );
    if (seen === undefined) return [];
    for (const [i, { id }] of chosen.entries()) {
      images.get(id)!.push({ arm: arm.name, dataUri: dataUri(await encodePng(seen[i]!), 'png') });
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
