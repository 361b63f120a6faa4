import type { Frame } from '../arithmetic/view.js';
import type { Shown, ViewState } from '../picture.js';
import { developPixels } from './develop-pixels.js';
import type { Painter } from './painter.js';

/** Draws without a graphics processor. */
export class CanvasPainter implements Painter {
  readonly kind = 'canvas';
  private readonly context: CanvasRenderingContext2D;
  private readonly developed = document.createElement('canvas');
  private shown: Shown | undefined;
  private image: ImageData | undefined;

  constructor(readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d')!;
  }

  load(shown: Shown): void {
    this.shown = shown;
    const { width, height } = shown.gray;
    Object.assign(this.developed, { width, height });
    this.image = new ImageData(width, height);
  }

  develop(state: Pick<ViewState, 'window' | 'invert' | 'colour' | 'overlay'>): void {
    if (this.shown === undefined || this.image === undefined) return;
    developPixels(this.shown, state, this.image.data);
    this.developed.getContext('2d')!.putImageData(this.image, 0, 0);
  }

  draw({ scale, left, top }: Frame, smooth: boolean): void {
    const { context, canvas, developed } = this;
    context.fillStyle = '#000';
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (this.shown === undefined) return;
    context.imageSmoothingEnabled = smooth || scale < 1;
    context.imageSmoothingQuality = 'high';
    context.drawImage(developed, left, top, developed.width * scale, developed.height * scale);
  }

  pixels(): Uint8ClampedArray {
    return this.image?.data.slice() ?? new Uint8ClampedArray();
  }

  destroy(): void {
    this.shown = undefined;
    this.image = undefined;
  }
}
