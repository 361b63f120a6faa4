import { afterEach, describe, expect, it, vi } from 'vitest';
import { gridKey } from './grid-keys.js';
import { Blocks, blockLength, type PictureSource, placeOnSheet } from './picture-source.js';

describe('keys of a grid', () => {
  const grid = { total: 103, columns: 10, rowsInView: 4 };
  it.each([
    ['ArrowRight', 5, 6],
    ['ArrowLeft', 0, 0],
    ['ArrowUp', 5, 0],
    ['ArrowDown', 5, 15],
    ['ArrowDown', 98, 102],
    ['PageDown', 5, 45],
    ['PageUp', 50, 10],
    ['Home', 50, 0],
    ['End', 0, 102],
    ['x', 3, undefined],
    ['toString', 3, undefined],
  ])('%s from %i leads to %s', (key, at, to) => {
    expect(gridKey(key, at, grid)).toBe(to);
  });
});

it('a thumbnail is found on full sheets and on the last, shorter one', () => {
  expect(placeOnSheet(0, 50)).toEqual({ position: '0% 0%', size: '1000% 500%' });
  expect(placeOnSheet(49, 50)).toEqual({ position: '100% 100%', size: '1000% 500%' });
  expect(placeOnSheet(3, 7).size).toBe('1000% 100%');
  expect(placeOnSheet(3, 7).position).toMatch(/^33\.3+\d% 0%$/);
});

describe('blocks of pictures', () => {
  afterEach(() => vi.unstubAllGlobals());

  function source(): PictureSource & { readonly asked: number[]; readonly aborted: number[] } {
    const [asked, aborted]: [number[], number[]] = [[], []];
    return {
      ...{ key: 'a', total: 5000, asked, aborted },
      sheet: (offset) => `/sheet?offset=${offset}`,
      pictures: (offset, limit, signal) => {
        asked.push(offset);
        signal.addEventListener('abort', () => aborted.push(offset));
        return Promise.resolve(
          Array.from({ length: limit }, (_, i) => ({
            id: `${offset + i}`,
            name: `${offset + i}`,
            width: 1,
            height: 1,
          })),
        );
      },
    };
  }

  it('are read when in view, given up when scrolled past, and few are kept', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('x')));
    const given = source();
    const blocks = new Blocks(given);
    blocks.want(0, 60);
    expect(given.asked).toEqual([0, blockLength]);
    blocks.want(1000, 1010);
    expect(given.aborted).toEqual([0, blockLength]);
    await vi.waitFor(() => expect(blocks.at(1003)?.picture.name).toBe('1003'));
    expect(blocks.at(3)).toBeUndefined();
    for (let at = 0; at < 5000; at += blockLength) {
      blocks.want(at, at);
      await vi.waitFor(() => expect(blocks.at(at)).toBeDefined());
    }
    expect(blocks.at(1003)).toBeUndefined();
    expect(blocks.at(4999 - blockLength)).toBeDefined();
    blocks.close();
  });

  it('that cannot be read say why, once, and are read again when asked', async () => {
    const fault = { code: 'CHROMARAY_WEB_NOT_FOUND', message: 'Gone.', remedy: 'Back.' };
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(fault, { status: 404 })));
    const given = source();
    const blocks = new Blocks(given);
    blocks.want(0, 10);
    await vi.waitFor(() => expect(blocks.fault).toEqual(fault));
    blocks.want(0, 10);
    expect(given.asked).toHaveLength(1);
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('x')));
    blocks.again();
    await vi.waitFor(() => expect(blocks.at(0)).toBeDefined());
    expect(blocks.fault).toBeUndefined();
  });
});
