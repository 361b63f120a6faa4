import { decimal } from '@chromaray/base';
import type { Dataset, DatasetRecord } from '@chromaray/contracts';
import { dataUri, encodePng, thumbnailSide } from '@chromaray/imaging';
import { type Html, html } from '../../kit/html.js';

/** Width of the rim that the border view sees, in pixels of a thumbnail. */
const rim = 3;
/** Screen pixels a pixel of a thumbnail is drawn with. */
const zoom = 4;
/** Differences from here on have the full colour, in standard deviations. */
const fullColour = 1;

/**
 * Three pictures that show what gives a label away: the mean picture of each class, and where they differ. For a linear
 * classifier that difference in standard deviations is what its weights respond to, where the weights themselves
 * would mislead (Haufe et al. 2014, NeuroImage 87:96).
 *
 * @param onlyRim leaves out what the border view does not see
 * @returns null where a class has no pictures
 */
export async function classMeans(dataset: Dataset, onlyRim: boolean): Promise<Html | null> {
  const of = (positive: boolean): readonly DatasetRecord[] =>
    dataset.records.filter((record) => record.positive === positive && record.fingerprint !== null);
  const [negative, positive] = [statistics(of(false)), statistics(of(true))];
  if (negative === undefined || positive === undefined) return null;
  const difference = positive.mean.map((mean, i) => {
    const deviation = Math.sqrt((positive.variance[i]! + negative.variance[i]!) / 2);
    return deviation > 0 ? (mean - negative.mean[i]!) / deviation : 0;
  });
  const largest = Math.max(...difference.map((value, i) => (onlyRim && !isRim(i) ? 0 : Math.abs(value))));
  const gray = (means: Float64Array) => (i: number) => [means[i]!, means[i]!, means[i]!] as const;
  const pictures = [
    [`Mean of ${dataset.negative}`, gray(negative.mean)],
    [`Mean of ${dataset.positive}`, gray(positive.mean)],
    ['Difference', (i: number) => diverging(difference[i]!)],
  ] as const;
  const shown = await Promise.all(
    pictures.map(async ([words, colour]) => {
      const source = await drawn((i) => (onlyRim && !isRim(i) ? background : colour(i)));
      return html`<span><img src="${source}" alt="${words}">${words}</span>`;
    }),
  );
  return html`<figure class="sample"><div class="pictures triple">${shown}</div>
${scale(dataset.positive)}
<figcaption>The classes differ by up to ${decimal(largest, 2)} standard deviations (SD) at one place${onlyRim ? ' of the border' : null}.</figcaption></figure>
`;
}

/** The colours of the difference. */
function scale(positive: string): Html {
  const stops = [-1, -0.5, 0, 0.5, 1].map((value) => `rgb(${diverging(value).map(Math.round).join(' ')})`);
  return html`<div class="scale"><span>${positive} darker by ${fullColour} SD or more</span><span class="bar" role="img" aria-label="From blue over white to orange" style="background: linear-gradient(to right, ${stops.join(', ')})"></span><span>brighter</span></div>`;
}

const background = [244, 245, 247] as const;

function isRim(at: number): boolean {
  const [x, y] = [at % thumbnailSide, Math.floor(at / thumbnailSide)];
  return Math.min(x, y, thumbnailSide - 1 - x, thumbnailSide - 1 - y) < rim;
}

function statistics(records: readonly DatasetRecord[]) {
  if (records.length === 0) return undefined;
  const mean = new Float64Array(thumbnailSide ** 2);
  const squares = new Float64Array(thumbnailSide ** 2);
  for (const { fingerprint } of records) {
    fingerprint!.thumbnail.forEach((value, i) => {
      mean[i]! += value / records.length;
      squares[i]! += (value * value) / records.length;
    });
  }
  return { mean, variance: squares.map((square, i) => Math.max(0, square - mean[i]! ** 2)) };
}

/** White for no difference; orange and blue, which all readers can tell apart. */
function diverging(value: number): readonly [number, number, number] {
  const share = Math.min(1, Math.abs(value) / fullColour);
  const [red, green, blue] = value > 0 ? [213, 94, 0] : [0, 114, 178];
  return [255 + share * (red - 255), 255 + share * (green - 255), 255 + share * (blue - 255)];
}

async function drawn(colour: (at: number) => readonly [number, number, number]): Promise<string> {
  const side = thumbnailSide * zoom;
  const data = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = Math.floor(y / zoom) * thumbnailSide + Math.floor(x / zoom);
      data.set(colour(at).map(Math.round), (y * side + x) * 3);
    }
  }
  return dataUri(await encodePng({ width: side, height: side, channels: 3, data }), 'png');
}
