import type { Place, Size, ViewState } from '../picture.js';
import { clamp } from './window.js';

/** Where a picture lies in a view: pixels of the view per pixel of the picture, and its upper left corner. */
export interface Frame {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

type Position = Pick<ViewState, 'zoom' | 'centre'>;

export const whole: Position = { zoom: 1, centre: { x: 0.5, y: 0.5 } };

/** Least and largest zoom. */
const zooms = [1 / 64, 64] as const;

/** The scale at which a picture fits into a view. */
export function fitScale(picture: Size, view: Size): number {
  return Math.min(view.width / picture.width, view.height / picture.height);
}

/** The zoom at which a pixel of the picture is a pixel of the view. */
export function actualZoom(picture: Size, view: Size): number {
  return 1 / fitScale(picture, view);
}

/** Where the picture is drawn. At whole scales its pixels lie on the view's, so that none is blurred. */
export function frameOf(picture: Size, view: Size, { zoom, centre }: Position): Frame {
  const exact = fitScale(picture, view) * zoom;
  const nearest = Math.round(exact);
  const scale = Math.abs(exact - nearest) < 1e-9 ? nearest : exact;
  const corner = (side: number, length: number, at: number): number => {
    const place = side / 2 - at * length * scale;
    return scale === nearest ? Math.round(place) : place;
  };
  return {
    scale,
    left: corner(view.width, picture.width, centre.x),
    top: corner(view.height, picture.height, centre.y),
  };
}

/** The place of the picture under a point of the view, as shares of its width and height. */
export function placeUnder(picture: Size, view: Size, position: Position, point: Place): Place {
  const { scale, left, top } = frameOf(picture, view, position);
  return { x: (point.x - left) / scale / picture.width, y: (point.y - top) / scale / picture.height };
}

/** Zooms so that the place under a point stays there. */
export function zoomedAt(picture: Size, view: Size, position: Position, point: Place, factor: number): Position {
  const zoom = clamp(position.zoom * factor, ...zooms);
  const kept = placeUnder(picture, view, position, point);
  const scale = fitScale(picture, view) * zoom;
  return {
    zoom,
    centre: inside({
      x: kept.x - (point.x - view.width / 2) / (scale * picture.width),
      y: kept.y - (point.y - view.height / 2) / (scale * picture.height),
    }),
  };
}

/** Moves the picture by pixels of the view. */
export function panned(picture: Size, view: Size, { zoom, centre }: Position, dx: number, dy: number): Position {
  const scale = fitScale(picture, view) * zoom;
  return {
    zoom,
    centre: inside({ x: centre.x - dx / (scale * picture.width), y: centre.y - dy / (scale * picture.height) }),
  };
}

/** A position that can be shown, nearest to what is wished: some part of the picture stays in the middle. */
export function possible({ zoom, centre }: Position): Position {
  return { zoom: clamp(zoom, ...zooms), centre: inside(centre) };
}

function inside({ x, y }: Place): Place {
  return { x: clamp(x, 0, 1), y: clamp(y, 0, 1) };
}
