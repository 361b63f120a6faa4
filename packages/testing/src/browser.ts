import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from '@chromaray/pages';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Undefined where no browser is installed. */
export const browserProgram = findBrowser();
/** For the names of tests that need one. */
export const browserNeeded = browserProgram === undefined ? ' (skipped: no Chromium, Chrome or Edge is installed)' : '';

/** Pages opened from files in a real browser, as a reader opens them. */
export class ReadersBrowser {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'chromaray-browser-'));

  private constructor(private readonly browser: Browser) {}

  /** @param graphics with WebGL, computed without a graphics processor. Default: as the browser decides */
  static async start({ graphics = false } = {}): Promise<ReadersBrowser> {
    // Containers have no user namespaces for a sandbox, and these pages are the tests' own.
    const args = ['--no-sandbox', ...(graphics ? ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'] : [])];
    return new ReadersBrowser(await chromium.launch({ executablePath: browserProgram!, args }));
  }

  /** Opens a page, and collects what the browser complains about and every address that it asks for. */
  async open(html: string, width = 1280, options: OpenOptions = {}): Promise<OpenPage> {
    const file = path.join(this.folder, `${Math.random().toString(36).slice(2)}.html`);
    writeFileSync(file, html);
    const { script = true, policy = false } = options;
    const page = await this.browser.newPage({
      // A page's policy forbids scripts of a test too.
      bypassCSP: !policy,
      javaScriptEnabled: script,
      viewport: { width, height: 800 },
    });
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    const address = pathToFileURL(file).href;
    // A machine that runs other tests beside this one may take its time.
    page.setDefaultTimeout(120_000);
    await page.goto(address);
    return { page, complaints, requests: requests.filter((url) => url !== address && !url.startsWith('data:')) };
  }

  /** Opens an address, as a reader does; the page's policy holds. Collects what the browser complains about. */
  async visit(address: string, width = 1280): Promise<Omit<OpenPage, 'requests'>> {
    const page = await this.browser.newPage({ viewport: { width, height: 800 } });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    // A machine that runs other tests beside this one may take its time.
    page.setDefaultTimeout(120_000);
    await page.goto(address);
    return { page, complaints };
  }

  /** A browser whose tabs share cookies and connections. */
  context(): Promise<BrowserContext> {
    return this.browser.newContext({ viewport: { width: 1280, height: 800 } });
  }

  async stop(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true });
  }
}

export interface OpenOptions {
  /** False: the browser runs no script. Default: true. */
  readonly script?: boolean;
  /** True: the page's Content-Security-Policy holds; what a test adds is then forbidden too. Default: false. */
  readonly policy?: boolean;
}

export interface OpenPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  /** Addresses other than its own; an embedded picture is none. */
  readonly requests: readonly string[];
}

/** What axe finds against WCAG 2.2 AA and good practice, each with the elements concerned. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  // Evaluated, not added as an element: a page's policy forbids scripts of others.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes
        .map(({ target }) => target.join(' '))
        .slice(0, 5)
        .join('; ')})`,
  );
}

/** Follows every link inside the page; returns those that lead to nothing that is then in view. */
export async function brokenLinks(page: Page): Promise<readonly string[]> {
  const links = await page.locator('a[href^="#"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
  const broken: string[] = [];
  for (const href of new Set(links)) {
    await page.evaluate(`location.hash = ''; location.hash = ${JSON.stringify(href)}`);
    const id = JSON.stringify(decodeURIComponent(href.slice(1)));
    const top = await page.evaluate<number | null>(
      `document.getElementById(${id})?.getBoundingClientRect().top ?? null`,
    );
    if (top === null || top < -1 || top > 800) broken.push(href);
  }
  return broken;
}

/** Opens every folded part, so that it is looked at too. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
}

/** How far a page reaches to the right, in pixels. */
export function widthOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth');
}

/** All that is wrong with a page for somebody who opens it: complaints, requests, broken links, faults of access, width. */
export async function faultsInBrowser(html: string): Promise<readonly string[]> {
  const browser = await ReadersBrowser.start();
  try {
    const { page, complaints, requests } = await browser.open(html);
    const broken = await brokenLinks(page);
    await unfold(page);
    const wide = (await widthOf(page)) > 1280 ? ['wider than the window'] : [];
    return [...complaints, ...requests, ...broken, ...wide, ...(await accessibilityFaults(page))];
  } finally {
    await browser.stop();
  }
}
