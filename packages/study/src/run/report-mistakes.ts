import { existsSync } from 'node:fs';
import type { RunRecord, StudyBehaviour, StudyFile } from '@chromaray/contracts';
import { dataUri, encodePng, openPack, resize } from '@chromaray/imaging';
import type { ReportMistake } from '@chromaray/pages';
import { pixelsOf } from '../prepare/arm-pixels.js';

/** Pictures shown of each class. */
const perClass = 4;
/** Larger ones are reduced to this side, so that the report stays small. */
const thumbnail = 128;

/** The control's most confident mistakes with their pictures, as its network is fed. */
export async function reportMistakes(
  study: StudyFile,
  behaviour: StudyBehaviour,
  record: RunRecord,
): Promise<readonly ReportMistake[]> {
  const control = behaviour.arms.find((arm) => arm.control);
  if (control === undefined) return [];
  const labels = new Set(control.mistakes.map(({ label }) => label));
  const shown = [...labels].flatMap((label) =>
    control.mistakes.filter((mistake) => mistake.label === label).slice(0, perClass),
  );
  const section = study.arms.find(({ control: is }) => is)!;
  const pictures = await thumbnails(
    record.testPacks[pixelsOf(study, section)],
    shown.map(({ record: id }) => id),
  );
  return shown.map(({ record: id, label, subtype, probability }, i) => ({
    record: id,
    label,
    subtype,
    probabilities: [{ arm: control.arm, probability }],
    dataUri: pictures[i] ?? null,
  }));
}

/** Pictures of records from a pack; none where it has been cleared away. */
async function thumbnails(file: string | undefined, ids: readonly string[]): Promise<readonly (string | null)[]> {
  if (file === undefined || !existsSync(file)) return [];
  const pack = openPack(file);
  try {
    const [, height, width, channels] = pack.shape;
    return await Promise.all(
      ids.map(async (id) => {
        const at = pack.indexOf(id);
        // What another fold tests lies in that fold's pack.
        if (at === undefined) return null;
        const data = new Uint8Array(height * width * channels);
        pack.read(at, data);
        const whole = { width, height, channels, data };
        const size = Math.min(thumbnail, Math.max(width, height));
        return dataUri(await encodePng(size === width ? whole : resize(whole, { width: size, height: size })), 'png');
      }),
    );
  } finally {
    pack.close();
  }
}
