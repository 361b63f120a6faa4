import type { RunRecord, StudyBehaviour, StudyFile } from '@chromaray/contracts';
import { dataUri, encodePng, openPack, resize } from '@chromaray/imaging';
import type { ReportMistake } from '@chromaray/pages';
import { packsOfKind } from '../explain/tested-in.js';
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
  const pictures = new Map<string, string>();
  // What another fold tests lies in that fold's pack.
  for (const pack of packsOfKind(record, pixelsOf(study, section)))
    for (const [id, uri] of await thumbnails(
      pack,
      shown.map(({ record: id }) => id),
    ))
      pictures.set(id, uri);
  return shown.map(({ record: id, label, subtype, probability }) => ({
    record: id,
    label,
    subtype,
    probabilities: [{ arm: control.arm, probability }],
    dataUri: pictures.get(id) ?? null,
  }));
}

/** Pictures of those records that a pack holds. */
async function thumbnails(file: string, ids: readonly string[]): Promise<readonly (readonly [string, string])[]> {
  const pack = openPack(file);
  try {
    const [, height, width, channels] = pack.shape;
    const pictures: [string, string][] = [];
    for (const id of ids) {
      const at = pack.indexOf(id);
      if (at === undefined) continue;
      const data = new Uint8Array(height * width * channels);
      pack.read(at, data);
      const whole = { width, height, channels, data };
      const size = Math.min(thumbnail, Math.max(width, height));
      const png = await encodePng(size === width ? whole : resize(whole, { width: size, height: size }));
      pictures.push([id, dataUri(png, 'png')]);
    }
    return pictures;
  } finally {
    pack.close();
  }
}
