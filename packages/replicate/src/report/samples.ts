import { inputTransform } from '@chromaray/colour';
import { applyColourTable, dataUri, decodeGray, encodePng, type Image, openPack } from '@chromaray/imaging';
import type { ReportSample } from '@chromaray/pages';
import type { ColourChoice } from '../colour-choice.js';
import type { TrainedOriginal } from '../train-original.js';

const perClass = 3;

/** Some of the copied X-rays beside their copies, as the network was shown them. */
export async function replicationSamples(
  { set, testPack }: TrainedOriginal,
  { colour, name }: ColourChoice,
): Promise<readonly ReportSample[]> {
  const sources = [false, true].flatMap((positive) =>
    set.sources.filter((source) => source.positive === positive).slice(0, perClass),
  );
  const pack = openPack(testPack);
  try {
    const [, height, width, channels] = pack.shape;
    const transform = inputTransform(colour);
    const samples: ReportSample[] = [];
    for (const source of sources) {
      const copy = set.dataset.records.find(
        ({ id, file }) => file === source.file && set.split.part.get(id) === 'test',
      );
      const index = copy === undefined ? undefined : pack.indexOf(copy.id);
      if (index === undefined) continue;
      const data = new Uint8Array(height * width * channels);
      pack.read(index, data);
      const seen: Image = { width, height, channels, data };
      const coloured = transform.kind === 'table' ? applyColourTable({ ...seen, channels: 1 }, transform.table) : seen;
      const original = await decodeGray(source.file, { size: { width, height } });
      samples.push({
        record: source.id,
        label: source.label,
        images: [
          { arm: 'original', dataUri: dataUri(await encodePng({ ...original, channels: 1 }), 'png') },
          { arm: name, dataUri: dataUri(await encodePng(coloured), 'png') },
        ],
      });
    }
    return samples;
  } finally {
    pack.close();
  }
}
