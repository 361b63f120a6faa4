import path from 'node:path';
import type { ArmExplanation, RunRecord, StudyExplanation, StudyFile, StudyFolder } from '@chromaray/contracts';
import { dataUri, decodeImage, encodeJpeg, encodePng, type Image } from '@chromaray/imaging';
import type { MapPictures, ReportExplanation } from '@chromaray/pages';
import { seenBy } from '../explain/seen.js';

/** High enough that the lines of a map stay sharp. */
const quality = 88;

/** The explanation with its pictures as the report embeds them: a third of their size as PNG. */
export async function reportExplanation(
  folder: StudyFolder,
  study: StudyFile,
  record: RunRecord,
  explanation: StudyExplanation,
): Promise<ReportExplanation> {
  const ofArms = await Promise.all(explanation.arms.map((arm) => armPictures(folder, study, record, arm)));
  return { explanation, pictures: new Map(ofArms.flat()) };
}

async function armPictures(
  folder: StudyFolder,
  study: StudyFile,
  record: RunRecord,
  { arm: name, cases }: ArmExplanation,
): Promise<readonly (readonly [string, MapPictures])[]> {
  const arm = study.arms.find((candidate) => candidate.name === name)!;
  const seen = seenBy(
    study,
    arm,
    record,
    cases.map((one) => one.record),
  );
  return Promise.all(
    cases.map(async ({ picture }, i) => {
      const pair = await decodeImage(path.join(folder.root, picture));
      const [gray, map] = [half(pair, 0), half(pair, 1)];
      const given = seen?.[i];
      return [
        picture,
        {
          seen:
            given === undefined
              ? dataUri(await encodeJpeg(gray, quality), 'jpeg')
              : dataUri(await encodePng(given), 'png'),
          map: dataUri(await encodeJpeg(map, quality), 'jpeg'),
          asGiven: given !== undefined,
        },
      ] as const;
    }),
  );
}

/** One of two pictures that lie beside each other: X-ray and map. */
function half({ width, height, channels, data }: Image, side: 0 | 1): Image {
  const row = (width / 2) * channels;
  const cut = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const from = y * width * channels + side * row;
    cut.set(data.subarray(from, from + row), y * row);
  }
  return { width: width / 2, height, channels, data: cut };
}
