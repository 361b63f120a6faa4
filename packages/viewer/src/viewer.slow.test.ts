import { mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  accessibilityFaults,
  browserNeeded,
  browserProgram,
  type OpenPage,
  ReadersBrowser,
} from '@chromaray/testing/browser';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changed, firstState } from './arithmetic/state.js';
import { developPixels } from './draw/develop-pixels.js';
import type { Shown, ViewState } from './picture.js';

/** Where to keep pictures of the pages, for somebody who wants to look at them. */
const kept = process.env.CHROMARAY_SCREENSHOTS;

/** A drawing with an edge at every value, of any depth; the same here and in the page. */
const scene = `(bits, width, height, extras) => {
  const most = 2 ** bits - 1;
  const data = bits > 8 ? new Uint16Array(width * height) : new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data[y * width + x] = (Math.hypot(x - width / 2, y - height / 2) < height / 4 ? (x * 7919 + y * 104729) : Math.round(most * x / width)) & most;
  const rgb = Uint8Array.from({ length: 15 * 11 * 3 }, (_, i) => (i * 37) % 256);
  const table = Uint8Array.from({ length: 768 }, (_, i) => (i % 3 === 0 ? Math.floor(i / 3) : 255 - Math.floor(i / 3)));
  const heat = Uint8Array.from({ length: 49 }, (_, i) => (i * 51) % 256);
  return {
    name: 'Drawing',
    gray: { width, height, bits, data, presets: extras.presets },
    ...(extras.colour === 'rgb' && { colour: { width: 15, height: 11, rgb } }),
    ...(extras.colour === 'table' && { colour: { table } }),
    ...(extras.overlay && { overlay: { width: 7, height: 7, data: heat } }),
  };
}`;
interface Extras {
  readonly colour?: 'rgb' | 'table';
  readonly overlay?: boolean;
  readonly presets?: Shown['gray']['presets'];
}
const draw = new Function(`return ${scene}`)() as (
  bits: number,
  width: number,
  height: number,
  extras: Extras,
) => Shown;

describe.skipIf(browserProgram === undefined)(`in a browser${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  let html = '';
  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import * as viewer from './index.ts'; Object.assign(window, { ...viewer, scene: ${scene} });`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      write: false,
      format: 'iife',
    });
    html = `<!doctype html><html lang="en"><title>Viewer</title><meta name="viewport" content="width=device-width">
<body style="margin:0"><main><h1 style="font-size:1rem">Viewer</h1><div id="a" style="width:100%;height:500px"></div><div id="b" style="width:100%;height:200px"></div></main>
<script>${outputFiles[0]!.text.replaceAll('</script', '<\\/script')}</script></body></html>`;
    browser = await ReadersBrowser.start({ graphics: true });
  });
  afterAll(() => browser.stop());

  const inPage = <T>({ page }: OpenPage, code: string): Promise<T> => page.evaluate<T>(`(() => { ${code} })()`);
  const stateIn = (open: OpenPage): Promise<ViewState> => inPage(open, 'return v.state');
  async function shown(bits: number, extras: Extras, options = '{}', [width, height] = [61, 47]): Promise<OpenPage> {
    const open = await browser.open(html);
    await inPage(
      open,
      `window.v = new Viewer(document.getElementById('a'), ${options}); v.show(scene(${bits}, ${width}, ${height}, ${JSON.stringify(extras)}));`,
    );
    return open;
  }
  /** Two frames: the first draws, the second is sure to come after. */
  const drawn = (open: OpenPage): Promise<void> =>
    open.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))');
  async function keep({ page }: OpenPage, name: string): Promise<void> {
    if (kept === undefined) return;
    mkdirSync(kept, { recursive: true });
    await page.screenshot({ path: path.join(kept, `${name}.png`) });
  }

  const states: readonly Partial<ViewState>[] = [
    {},
    { window: { centre: 90, width: 101 }, colour: 0.37, overlay: 0.8 },
    { window: { centre: 3000, width: 1 }, invert: true, colour: 1, overlay: 1 },
  ];
  const cases = [1, 8, 12, 16].flatMap((bits) =>
    ([{}, { colour: 'rgb' }, { colour: 'table', overlay: true }] as const).map((extras) => ({ bits, extras })),
  );

  it.each(['webgl2', 'canvas'])('%s: every pixel is as the rule says', async (kind) => {
    const open = await shown(8, {}, `{ webgl: ${kind === 'webgl2'} }`);
    expect(await inPage(open, 'return v.drawnBy')).toBe(kind);
    for (const { bits, extras } of cases)
      for (const state of states) {
        const pixels = await inPage<number[]>(
          open,
          `v.show(scene(${bits}, 61, 47, ${JSON.stringify(extras)}), ${JSON.stringify(state)}); return [...v.pixels().data];`,
        );
        const scenery = draw(bits, 61, 47, extras);
        const expected = developPixels(scenery, changed(bits, firstState(scenery.gray), state));
        expect(Buffer.from(pixels).equals(Buffer.from(expected)), JSON.stringify({ bits, extras, state })).toBe(true);
      }
    expect(open.complaints).toEqual([]);
  });

  it.each(['webgl2', 'canvas'])('%s: at actual size, what is on the screen are these pixels', async (kind) => {
    const open = await shown(12, { colour: 'table', overlay: true }, `{ webgl: ${kind === 'webgl2'} }`);
    await inPage(
      open,
      `v.set({ colour: 0.5 }); [...document.querySelectorAll('button')].find((b) => b.textContent === 'Actual size').click();`,
    );
    const [expected, actual] = await inPage<[number[], number[]]>(
      open,
      `const stage = document.querySelector('canvas');
       return new Promise((done) => requestAnimationFrame(() => {
         const all = v.pixels();
         const copy = new OffscreenCanvas(stage.width, stage.height).getContext('2d');
         v.draw(); copy.drawImage(stage, 0, 0);
         const left = Math.round(stage.width / 2 - 30.5), top = Math.round(stage.height / 2 - 23.5);
         done([[...all.data], [...copy.getImageData(left, top, 61, 47).data]]);
       }));`,
    );
    expect(Buffer.from(actual).equals(Buffer.from(expected))).toBe(true);
    await keep(open, `actual-size-${kind}`);
  });

  it('drag, Shift and drag, wheel, double click and keys do what they say, and report it', async () => {
    const open = await shown(12, { colour: 'rgb', overlay: true });
    await inPage(open, 'window.told = []; v.onChange((state, by) => told.push(by));');
    const { page } = open;
    const first = await stateIn(open);
    await page.mouse.move(400, 200);
    await page.mouse.down();
    await page.mouse.move(480, 230, { steps: 4 });
    await page.mouse.up();
    const windowed = await stateIn(open);
    expect(windowed.window.width).toBeGreaterThan(first.window.width);
    expect(windowed.window.centre).toBeGreaterThan(first.window.centre);
    await page.mouse.wheel(0, -400);
    expect((await stateIn(open)).zoom).toBeCloseTo(2);
    const zoomed = await stateIn(open);
    await page.keyboard.down('Shift');
    await page.mouse.down();
    await page.mouse.move(430, 230, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    const moved = await stateIn(open);
    expect(moved.window).toEqual(windowed.window);
    expect(moved.centre.x).toBeGreaterThan(zoomed.centre.x);
    await page.mouse.dblclick(430, 230);
    expect(await stateIn(open)).toMatchObject({ zoom: 1, centre: { x: 0.5, y: 0.5 } });
    for (const key of ['i', 'c', '+', 'ArrowRight', 'Shift+ArrowLeft', 'o']) await page.keyboard.press(key);
    const keyed = await stateIn(open);
    expect(keyed).toMatchObject({ invert: true, colour: 1, zoom: 1.25, overlay: 0 });
    expect(keyed.window.width).toBeLessThan(windowed.window.width);
    expect(new Set(await inPage<string[]>(open, 'return told'))).toEqual(new Set(['reader']));
    await page.keyboard.press('r');
    expect(await stateIn(open)).toEqual(first);
    await expect.poll(() => page.locator('[aria-live]').textContent()).toMatch(/^L .* W .* 1×$/);
    expect(open.complaints).toEqual([]);
  });

  it('two fingers enlarge and move', async () => {
    const open = await shown(8, {});
    const touch = (type: string, points: number[][]): Promise<unknown> =>
      open.page.evaluate(
        ([kind, places]) => {
          const stage = document.querySelector('.viewer-stage')!;
          (places as number[][]).forEach(([clientX, clientY], i) => {
            const pointer = {
              pointerId: i + 5,
              clientX: clientX!,
              clientY: clientY!,
              pointerType: 'touch',
              buttons: 1,
            };
            (stage as HTMLElement).setPointerCapture = () => {};
            stage.dispatchEvent(new PointerEvent(kind as string, { ...pointer, bubbles: true, cancelable: true }));
          });
        },
        [type, points] as const,
      );
    await touch('pointerdown', [
      [300, 200],
      [400, 200],
    ]);
    await touch('pointermove', [
      [250, 200],
      [450, 200],
    ]);
    expect((await stateIn(open)).zoom).toBeCloseTo(2, 1);
    await touch('pointerup', [
      [250, 200],
      [450, 200],
    ]);
  });

  it('the bar shows and sets the state, and only what the picture has', async () => {
    const presets = [{ name: 'Lung', window: { centre: 500, width: 300 } }];
    const open = await shown(12, { colour: 'table', presets });
    const { page } = open;
    expect(await page.locator('select').inputValue()).toBe('Lung');
    expect((await stateIn(open)).window).toEqual(presets[0]!.window);
    await page.locator('select').selectOption('All values');
    expect((await stateIn(open)).window).toEqual({ centre: 2047.5, width: 4095 });
    await page.getByLabel('Colour').fill('50');
    await page.getByRole('button', { name: 'Invert' }).click();
    expect(await stateIn(open)).toMatchObject({ colour: 0.5, invert: true });
    expect(await page.getByLabel('Overlay').isVisible()).toBe(false);
    await inPage(open, 'v.set({ window: { centre: 7, width: 8 } })');
    expect(await page.locator('select').inputValue()).toBe('Own');
  });

  it('linked viewers stay at the same place, each with its own window', async () => {
    const open = await shown(12, {});
    const [a, b] = await inPage<[ViewState, ViewState]>(
      open,
      `const w = new Viewer(document.getElementById('b')); w.show(scene(8, 30, 90, {}));
       linkViewers([v, w]);
       document.querySelector('.viewer-stage').dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
       document.querySelector('.viewer-stage').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
       return [v.state, w.state];`,
    );
    expect([b.zoom, b.centre]).toEqual([a.zoom, a.centre]);
    expect(a.zoom).toBe(1.25);
    expect(b.window).not.toEqual(a.window);
    await drawn(open);
    await keep(open, 'linked');
  });

  it('goes on without the graphics processor when the browser takes it away', async () => {
    const open = await shown(12, {});
    await inPage(
      open,
      `document.querySelector('canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()`,
    );
    await expect.poll(() => inPage(open, 'return v.drawnBy')).toBe('canvas');
    const scenery = draw(12, 61, 47, {});
    const pixels = await inPage<number[]>(open, 'return [...v.pixels().data]');
    expect(pixels).toEqual([...developPixels(scenery, firstState(scenery.gray))]);
  });

  it('a hundred viewers one after the other leave nothing behind', async () => {
    const open = await shown(8, {});
    await inPage(
      open,
      `for (let i = 0; i < 100; i++) { const w = new Viewer(document.getElementById('b')); w.show(scene(8, 20, 20, {})); w.destroy(); }`,
    );
    await drawn(open);
    expect(await inPage(open, `return document.querySelectorAll('#b *').length`)).toBe(0);
    expect(await inPage(open, 'return v.drawnBy')).toBe('webgl2');
  });

  it('can be used with a screen reader, and on a phone', async () => {
    const open = await shown(12, { colour: 'table', overlay: true }, '{}', [600, 500]);
    expect(await accessibilityFaults(open.page)).toEqual([]);
    await drawn(open);
    await keep(open, 'wide');
    await open.page.setViewportSize({ width: 390, height: 800 });
    await drawn(open);
    expect(await open.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await keep(open, 'phone');
  });
});
