import path from 'node:path';
import type { StudyExplanation, StudyFolder } from '@chromaray/contracts';
import { dataUri, decodeImage, encodeJpeg } from '@chromaray/imaging';
import type { ReportExplanation } from '@chromaray/pages';

/** High enough that the lines of a map stay sharp. */
const quality = 88;

/** The explanation with its pictures as the report embeds them: a third of their size as PNG. */
export async function reportExplanation(
  folder: StudyFolder,
  explanation: StudyExplanation,
): Promise<ReportExplanation> {
  const files = explanation.arms.flatMap(({ cases }) => cases.map(({ picture }) => picture));
  const pictures = await Promise.all(
    files.map(async (file) => {
      const picture = await decodeImage(path.join(folder.root, file));
      return [file, dataUri(await encodeJpeg(picture, quality), 'jpeg')] as const;
    }),
  );
  return { explanation, pictures: new Map(pictures) };
}
