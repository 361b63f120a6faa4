import type { Shown } from '../picture.js';
import { CanvasPainter } from './canvas-painter.js';
import type { Painter } from './painter.js';
import { WebglPainter } from './webgl-painter.js';

/**
 * The best painter for a picture, on a canvas of its own: a canvas keeps the first kind of context it is asked for.
 *
 * @param webgl false: without the graphics processor, whatever the browser has
 */
export function newPainter(shown: Shown, webgl: boolean): Painter {
  const canvas = document.createElement('canvas');
  const painter = webgl ? WebglPainter.on(canvas) : undefined;
  if (painter?.takes(shown)) return painter;
  painter?.destroy();
  return new CanvasPainter(document.createElement('canvas'));
}
