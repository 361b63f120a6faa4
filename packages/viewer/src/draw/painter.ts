import type { Frame } from '../arithmetic/view.js';
import type { Shown, ViewState } from '../picture.js';

/** Draws what is shown; a WebGL2 and a canvas painter do so with the same numbers. */
export interface Painter {
  readonly kind: 'webgl2' | 'canvas';
  readonly canvas: HTMLCanvasElement;
  /** Takes another picture. */
  load(shown: Shown): void;
  /** Computes the picture's pixels at its own size: windowed, coloured, overlaid. */
  develop(state: Pick<ViewState, 'window' | 'invert' | 'colour' | 'overlay'>): void;
  /** Draws the developed picture where it lies in the canvas. @param smooth between pixels that are enlarged */
  draw(frame: Frame, smooth: boolean): void;
  /** The developed picture's pixels at its own size, red, green, blue and 255, row after row from the top left. */
  pixels(): Uint8ClampedArray;
  destroy(): void;
}
