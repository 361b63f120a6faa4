import { describe, expect, it } from 'vitest';
import {
  automaticWindow,
  between,
  draggedWindow,
  fullWindow,
  levelsOf,
  presetsOf,
  valueCount,
  within,
} from './window.js';

const picture = (bits: number, data: readonly number[]) => ({
  ...{ width: data.length, height: 1, bits },
  data: bits > 8 ? Uint16Array.from(data) : Uint8Array.from(data),
});

describe('levels of gray', () => {
  // Worked by hand from DICOM PS3.3 C.11.2.1.3.2 (LINEAR_EXACT): y = (x - c) / w + 0.5 between c - w/2 and c + w/2.
  it.each([
    [{ centre: 2048, width: 4096 }, [0, 1024, 2048, 4096, 65535], [0, 64, 128, 255, 255]],
    [{ centre: 127.5, width: 255 }, [0, 1, 100, 255, 256], [0, 1, 100, 255, 255]],
    [{ centre: 1000.5, width: 1 }, [1000, 1001, 1002], [0, 255, 255]],
    [{ centre: -10, width: 20 }, [0, 1], [255, 255]],
    [{ centre: 70_000, width: 100 }, [0, 65535], [0, 0]],
    [{ centre: 0, width: 200 }, [0, 50, 99, 100], [128, 191, 254, 255]],
  ] as const)('%j of %j', (window, values, levels) => {
    const table = levelsOf(window, false);
    expect(values.map((value) => table[value])).toEqual(levels);
  });

  it('are the same as the rule, value by value, and grow with the value', () => {
    const { centre, width } = { centre: 20_011.3, width: 37_777.7 };
    const table = levelsOf({ centre, width }, false);
    for (let value = 0; value < valueCount; value += 7) {
      const shown = value <= centre - width / 2 ? 0 : value > centre + width / 2 ? 1 : (value - centre) / width + 0.5;
      expect(Math.abs(table[value]! - 255 * shown)).toBeLessThanOrEqual(0.5 + 1e-9);
    }
    expect(table.every((level, value) => value === 0 || level >= table[value - 1]!)).toBe(true);
  });

  it('inverted are white less the level', () => {
    const window = { centre: 1234, width: 999 };
    const [plain, inverted] = [levelsOf(window, false), levelsOf(window, true)];
    expect([...inverted].every((level, i) => Math.abs(255 - level - plain[i]!) <= 1)).toBe(true);
    expect([inverted[0], inverted.at(-1)]).toEqual([255, 0]);
  });

  it('of a reused table leave nothing of the last window', () => {
    const table = levelsOf({ centre: 500, width: 400 }, false);
    expect(levelsOf({ centre: 60_000, width: 3 }, true, table)).toEqual(levelsOf({ centre: 60_000, width: 3 }, true));
  });
});

describe('windows', () => {
  it('a drag to the right widens, downward darkens, in steps that suit the width', () => {
    const window = { centre: 2000, width: 1000 };
    expect(draggedWindow(12, window, 80, 0)).toEqual({ centre: 2000, width: 1200 });
    expect(draggedWindow(12, window, 0, 40)).toEqual({ centre: 2100, width: 1000 });
    const [darker] = [levelsOf(draggedWindow(12, window, 0, 40), false)];
    expect(darker[2000]!).toBeLessThan(levelsOf(window, false)[2000]!);
    expect(draggedWindow(12, { centre: 2000, width: 10 }, 8, 0).width - 10).toBeLessThan(10);
  });

  it('stay within what can be shown', () => {
    expect(within(8, { centre: -9999, width: 0 })).toEqual({ centre: -256, width: 1 });
    expect(within(8, { centre: 9999, width: 1e9 })).toEqual({ centre: 512, width: 1024 });
  });

  it('the automatic one leaves out half a percent at either end', () => {
    const values = Array.from({ length: 1000 }, (_, i) => 1000 + i);
    values[0] = 0;
    values[999] = 65_535;
    expect(automaticWindow(picture(16, values))).toEqual(between(1005, 1995));
    expect(automaticWindow(picture(8, [7, 7, 7]))).toEqual({ centre: 7, width: 1 });
  });

  it('those of the picture come first, then what suits its bits', () => {
    const own = { name: 'Lung', window: { centre: 10, width: 5 } };
    const names = (bits: number, presets = [own]) =>
      presetsOf({ ...picture(bits, [1, 2]), presets }).map(({ name }) => name);
    expect(names(12)).toEqual(['Lung', 'Automatic', 'All values']);
    expect(names(8, [])).toEqual(['All values', 'Automatic']);
    expect(fullWindow(8)).toEqual({ centre: 127.5, width: 255 });
  });
});
