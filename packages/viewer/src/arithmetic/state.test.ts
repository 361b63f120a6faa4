import { describe, expect, it } from 'vitest';
import { changed, decodeState, encodeState, firstState, sameState } from './state.js';

const gray = { width: 4, height: 4, bits: 12, data: new Uint16Array(16).fill(9) };

describe('the state of a view', () => {
  const state = changed(12, firstState(gray), {
    ...{ window: { centre: 1024.25, width: 2048 }, invert: true, zoom: 2.5 },
    ...{ centre: { x: 0.25, y: 0.75 }, colour: 0.3, overlay: 0 },
  });

  it('survives an address', () => {
    const text = encodeState(state);
    expect(text).toMatch(/^[\w.-]+$/);
    expect(sameState(changed(12, firstState(gray), decodeState(text, firstState(gray))), state)).toBe(true);
    expect(decodeState(encodeState({ ...state, invert: false }), state).invert).toBe(false);
  });

  it.each(['', 'nonsense', 'c_w_zNaN', 'c1e999_w-5_z0', '__proto__', 'w0', 'cInfinity'])(
    'an address "%s" gives a state that can be shown',
    (text) => {
      const read = changed(12, state, decodeState(text, state));
      expect(read.window.width).toBeGreaterThanOrEqual(1);
      expect(Object.values({ ...read.window, ...read.centre, zoom: read.zoom }).every(Number.isFinite)).toBe(true);
    },
  );

  it('what is no number changes nothing', () => {
    const read = changed(12, state, { zoom: Number.NaN, colour: Number.NaN, centre: { x: Number.NaN, y: 1 } });
    expect([read.zoom, read.colour, read.centre]).toEqual([2.5, 0.3, { x: 0.25, y: 1 }]);
  });
});
