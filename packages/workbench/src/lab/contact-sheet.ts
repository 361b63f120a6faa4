import { type Image, resize, sheet } from '@chromaray/imaging';
import type { Colouring, PicturePlace } from '../work/work-order.js';
import { colourName } from './colour-name.js';
import { grayPicture, inColour } from './coloured-picture.js';

const cell = 320;
const columns = 4;

/** One picture in gray and in several colours, four a row, with names: a PNG. @throws as `colouredPicture` */
export async function contactSheet(place: PicturePlace, colours: readonly Colouring[]): Promise<Uint8Array> {
  const gray = await grayPicture(place);
  const cells: { readonly name: string; readonly image: Image }[] = [
    { name: 'gray', image: small({ channels: 1, ...gray }) },
  ];
  for (const { colour } of colours)
    cells.push({ name: colourName(colour), image: small(await inColour(gray, colour)) });
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) => {
    const shown = cells.slice(row * columns, (row + 1) * columns);
    return { label: shown.map(({ name }) => name).join(' · '), images: shown.map(({ image }) => image) };
  });
  const titles = Array.from({ length: Math.min(columns, cells.length) }, (_, i) =>
    rows.length === 1 ? cells[i]!.name : `${i + 1}`,
  );
  return sheet({ title: 'One X-ray in several colours', columns: titles, rows, cellSize: cell });
}

/** As large as its place: coloured pictures wait in memory until the last is there. */
function small(image: Image): Image {
  const scale = Math.min(1, cell / Math.max(image.width, image.height));
  const side = (length: number): number => Math.max(1, Math.round(length * scale));
  return resize(image, { width: side(image.width), height: side(image.height) });
}
