import { describe, expect, it } from 'vitest';
import { actualZoom, fitScale, frameOf, panned, placeUnder, possible, whole, zoomedAt } from './view.js';

const picture = { width: 2000, height: 1000 };
const view = { width: 500, height: 500 };

describe('where a picture lies', () => {
  it('fits with its longer side and lies in the middle', () => {
    expect(fitScale(picture, view)).toBe(0.25);
    expect(frameOf(picture, view, whole)).toEqual({ scale: 0.25, left: 0, top: 125 });
  });

  it('at actual size has whole pixels on whole pixels, wherever its centre is', () => {
    const zoom = actualZoom(picture, view);
    for (const x of [0.1, 0.33333, 0.7771]) {
      const { scale, left, top } = frameOf(
        picture,
        { width: 501, height: 333 },
        { zoom: zoom * (500 / 501), centre: { x, y: x } },
      );
      expect([scale, Number.isInteger(left), Number.isInteger(top)]).toEqual([1, true, true]);
    }
  });

  it('what lies under a point stays there while zooming', () => {
    for (const point of [
      { x: 250, y: 250 },
      { x: 100, y: 200 },
      { x: 400, y: 333 },
    ]) {
      const before = { zoom: 2, centre: { x: 0.4, y: 0.6 } };
      const kept = placeUnder(picture, view, before, point);
      const after = zoomedAt(picture, view, before, point, 1.7);
      const now = placeUnder(picture, view, after, point);
      expect(after.zoom).toBeCloseTo(3.4);
      expect([now.x, now.y]).toEqual([expect.closeTo(kept.x, 9), expect.closeTo(kept.y, 9)]);
    }
  });

  it('moves with the hand by as many pixels', () => {
    const before = { zoom: 4, centre: { x: 0.5, y: 0.5 } };
    const after = panned(picture, view, before, 30, -20);
    const [was, is] = [frameOf(picture, view, before), frameOf(picture, view, after)];
    expect([is.left - was.left, is.top - was.top]).toEqual([expect.closeTo(30), expect.closeTo(-20)]);
  });

  it('never leaves the view, nor grows beyond bounds', () => {
    expect(possible({ zoom: 1e9, centre: { x: -3, y: 7 } })).toEqual({ zoom: 64, centre: { x: 0, y: 1 } });
    expect(panned(picture, view, whole, 1e6, 0).centre.x).toBe(0);
    expect(zoomedAt(picture, view, whole, { x: 0, y: 0 }, 1e-9).zoom).toBe(1 / 64);
  });
});
