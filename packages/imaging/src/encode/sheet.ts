import { asImage, type GrayImage, type Image } from '../image.js';
import { sharp } from '../sharp.js';

/** One line of a sheet: the same X-ray under every column's treatment. */
export interface SheetRow {
  /** Printed above the row, for example the file's name. */
  readonly label: string;
  /** One picture a column, or undefined for a cell left blank. */
  readonly images: readonly (GrayImage | Image | undefined)[];
}

export interface SheetOptions {
  /** Column headings, for example `gray`, `turbo`. */
  readonly columns: readonly string[];
  readonly rows: readonly SheetRow[];
  /** Printed on top. */
  readonly title?: string;
  /** Side of a cell in pixels; pictures are fitted into it with their aspect ratio kept. Default 224. */
  readonly cellSize?: number;
  /** Default `png`. */
  readonly format?: 'png' | 'jpeg';
}

const margin = 16;
const gap = 8;
const headingHeight = 30;
const labelHeight = 22;
const paper = '#ffffff';

/**
 * A sheet of pictures side by side, one row an X-ray and one column a treatment, with headings and labels
 * (set in the system's sans-serif font), encoded as PNG or JPEG.
 */
export async function sheet(options: SheetOptions): Promise<Uint8Array> {
  const cell = options.cellSize ?? 224;
  const titleHeight = options.title ? headingHeight : 0;
  const top = margin + titleHeight + headingHeight;
  const rowHeight = labelHeight + cell + gap;
  const width = 2 * margin + options.columns.length * (cell + gap) - gap;
  const height = top + options.rows.length * rowHeight + margin - gap;

  const texts: string[] = [];
  if (options.title) texts.push(text(options.title, margin, margin + 18, 18, 700, width - 2 * margin));
  for (const [column, heading] of options.columns.entries()) {
    texts.push(text(heading, margin + column * (cell + gap), margin + titleHeight + 20, 15, 700, cell));
  }

  const layers: { input: Buffer; left: number; top: number }[] = [];
  for (const [row, { label, images }] of options.rows.entries()) {
    const rowTop = top + row * rowHeight;
    texts.push(text(label, margin, rowTop + 16, 12, 400, width - 2 * margin));
    for (const [column, image] of images.slice(0, options.columns.length).entries()) {
      if (image === undefined) continue;
      layers.push({ input: await fit(image, cell), left: margin + column * (cell + gap), top: rowTop + labelHeight });
    }
  }
  const lettering = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${texts.join('')}</svg>`;
  const composed = sharp()({ create: { width, height, channels: 3, background: paper } }).composite([
    ...layers,
    { input: Buffer.from(lettering), left: 0, top: 0 },
  ]);
  return options.format === 'jpeg' ? composed.jpeg({ quality: 88 }).toBuffer() : composed.png().toBuffer();
}

/** The picture within a square cell on black, as PNG: composite() takes encoded layers. */
async function fit(picture: GrayImage | Image, cell: number): Promise<Buffer> {
  const { width, height, channels, data } = asImage(picture);
  return sharp()(data, { raw: { width, height, channels } })
    .resize(cell, cell, { fit: 'contain', background: '#000', kernel: 'linear' })
    .toColourspace('srgb')
    .png({ compressionLevel: 1 })
    .toBuffer();
}

function text(content: string, x: number, y: number, size: number, weight: number, room: number): string {
  const shown = escapeXml(shorten(content, Math.floor(room / (size * 0.58))));
  return `<text x="${x}" y="${y}" font-family="sans-serif" font-size="${size}" font-weight="${weight}" fill="#1c2733">${shown}</text>`;
}

/** Leaves out the middle of a text too long for its place: names differ at both ends. */
function shorten(content: string, characters: number): string {
  const letters = [...content];
  if (letters.length <= characters) return content;
  const half = Math.max(1, Math.floor((characters - 1) / 2));
  return `${letters.slice(0, half).join('')}…${letters.slice(-half).join('')}`;
}

function escapeXml(content: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return content.replace(/\p{Cc}/gu, ' ').replace(/[&<>]/g, (character) => entities[character] ?? character);
}
