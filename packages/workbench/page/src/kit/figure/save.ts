import { csvOf, type Rows } from './csv.js';

export type Format = 'SVG' | 'PNG' | 'CSV';

/** A figure as a file of its own. */
export async function fileOf(format: Format, host: HTMLElement, rows: Rows | undefined): Promise<Blob> {
  if (format === 'CSV') return new Blob([csvOf(rows!)], { type: 'text/csv;charset=utf-8' });
  const svg = standalone(host.querySelector('svg')!);
  return format === 'SVG' ? new Blob([svg.text], { type: 'image/svg+xml' }) : pngOf(svg);
}

/** Gives a file to the reader. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Puts a file into the clipboard: as a picture, or as text where clipboards take no other. */
export async function copy(blob: Blob): Promise<void> {
  if (blob.type === 'image/png') await navigator.clipboard.write([new ClipboardItem({ [blob.type]: blob })]);
  else await navigator.clipboard.writeText(await blob.text());
}

interface Standalone {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** What of a style sheet a drawing needs, so that it looks the same without it. */
const painted = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
];
const written = ['font-family', 'font-size', 'font-weight', 'text-anchor'];

/** A drawing of the page as a document of its own, in the colours of the light theme, which papers and slides are in. */
function standalone(source: SVGSVGElement): Standalone {
  const [, , width = source.clientWidth, height = source.clientHeight] =
    source.getAttribute('viewBox')?.split(/[ ,]+/).map(Number) ?? [];
  const copied = source.cloneNode(true) as SVGSVGElement;
  const stage = document.createElement('div');
  stage.className = 'stage';
  stage.append(copied);
  document.body.append(stage);
  try {
    for (const element of copied.querySelectorAll<SVGElement>('*')) {
      const style = getComputedStyle(element);
      const isText = element instanceof SVGTextContentElement;
      for (const name of isText ? [...painted, ...written] : painted)
        if (element instanceof SVGGraphicsElement) element.setAttribute(name, style.getPropertyValue(name));
      element.removeAttribute('style');
      element.removeAttribute('class');
    }
  } finally {
    stage.remove();
  }
  copied.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copied.setAttribute('width', String(width));
  copied.setAttribute('height', String(height));
  return { text: new XMLSerializer().serializeToString(copied), width, height };
}

/** Pixels of a PNG for each of the drawing's. */
const sharpness = 3;

async function pngOf({ text, width, height }: Standalone): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * sharpness;
    canvas.height = height * sharpness;
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((resolve) => canvas.toBlob((blob) => resolve(blob!), 'image/png'));
  } finally {
    URL.revokeObjectURL(address);
  }
}
