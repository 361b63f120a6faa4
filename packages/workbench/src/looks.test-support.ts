import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { accessibilityFaults, type OpenPage, type ReadersBrowser, widthOf } from '@chromaray/testing/browser';
import { expect } from 'vitest';

const kept = process.env.CHROMARAY_SCREENSHOTS;
type Page = OpenPage['page'];

/** Looks at a page wide and narrow, light and dark: each time what `prepare` waits for, then faults of access and width. */
export async function inEveryLook(
  browser: ReadersBrowser,
  address: string,
  name: string,
  prepare: (page: Page) => Promise<void>,
): Promise<void> {
  for (const width of [1280, 390])
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, complaints } = await browser.visit(address, width);
      await page.emulateMedia({ colorScheme });
      await prepare(page);
      expect(await accessibilityFaults(page), `${name} ${width} ${colorScheme}`).toEqual([]);
      await keepPicture(page, `${name}-${width}-${colorScheme}`);
      expect(await widthOf(page), `${name} ${width}`).toBe(width);
      expect(complaints).toEqual([]);
      await page.close();
    }
}

/** Keeps a picture of the whole page where `CHROMARAY_SCREENSHOTS` names a folder. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (kept === undefined) return;
  mkdirSync(kept, { recursive: true });
  await page.screenshot({ path: path.join(kept, `${name}.png`), fullPage: true });
}
