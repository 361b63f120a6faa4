import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browserNeeded, browserProgram } from '@chromaray/testing/browser';
import { afterAll, describe, expect, it } from 'vitest';
import { buildReport } from '../build-report.js';
import { drawFigures } from '../render-figures.js';
import { completeInput } from '../sample-behaviour.test-support.js';
import { summaryPage } from '../summary/summary-page.js';
import { findBrowser, requireBrowser } from './find-browser.js';
import { printPdf } from './print-pdf.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));

const poppler = ['pdfinfo', 'pdftotext'].every((tool) => spawnSync(tool, ['-v']).error === undefined);
const tool = (name: string, ...args: string[]) => spawnSync(name, args, { encoding: 'utf8' }).stdout;

/** A program that stands in for a browser. */
function program(name: string, script: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('findBrowser', () => {
  it('takes the one that is named, else the first on the search path', () => {
    const own = program('own', '');
    program('google-chrome', '');
    expect(findBrowser({ CHROMARAY_BROWSER: own, PATH: folder })).toBe(own);
    expect(findBrowser({ PATH: folder })).toBe(path.join(folder, 'google-chrome'));
    expect(findBrowser({})).toBeUndefined();
  });

  it('says how to get one where there is none, and that a named one cannot be run', () => {
    expect(() => requireBrowser({}, 'linux')).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_PDF_BROWSER', remedy: expect.stringContaining('apt-get install') }),
    );
    expect(() => findBrowser({ CHROMARAY_BROWSER: '/no/such/program' })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_PDF_BROWSER', message: expect.stringContaining('/no/such/program') }),
    );
  });
});

describe.skipIf(process.platform === 'win32')('printPdf, when the browser fails', () => {
  const file = path.join(folder, 'out', 'report.pdf');

  it('says what the browser said, and leaves an earlier PDF and no litter', async () => {
    const broken = program('broken', 'echo "cannot open display" >&2; exit 3');
    await expect(printPdf('<p>', file, 'a4', broken)).rejects.toMatchObject({
      code: 'CHROMARAY_PDF_PRINT',
      message: expect.stringContaining('cannot open display'),
    });
    writeFileSync(file, 'earlier');
    await expect(printPdf('<p>', file, 'a4', program('silent', 'exit 0'))).rejects.toMatchObject({
      code: 'CHROMARAY_PDF_PRINT',
    });
    expect(readdirSync(path.dirname(file))).toEqual(['report.pdf']);
  });
});

describe.skipIf(browserProgram === undefined)(`printPdf${browserNeeded}`, { timeout: 120_000 }, () => {
  const file = path.join(folder, 'report.pdf');
  const page = buildReport(completeInput({ seeds: [1, 2], epochs: 4, arms: { gray: 2.4, turbo: 2.3 } }));

  it('prints a report', async () => {
    await printPdf(page, file, 'a4');
    expect(existsSync(file)).toBe(true);
  });

  it.skipIf(!poppler)('keeps every question, what is folded and the page numbers (needs poppler)', async () => {
    await printPdf(page, file, 'a4');
    const text = tool('pdftotext', '-layout', file, '-');
    for (const words of [
      'What was asked?',
      'What must a reader know to repeat it?',
      'For research only',
      'Every arm by itself',
      'Reporting checklists',
    ]) {
      expect(text).toContain(words);
    }
    const pages = Number(/Pages: +(\d+)/.exec(tool('pdfinfo', file))![1]);
    expect(text.split('\f')[0]).toContain(`1 / ${pages}`);
    expect(tool('pdfinfo', file)).toMatch(/Tagged: +yes/);
  });

  it.skipIf(!poppler)(
    'fits a summary of many arms on two pages, and says the verdict first (needs poppler)',
    async () => {
      const arms = Object.fromEntries(['gray', ...'abcdefgh'].map((name) => [name, 2.3]));
      const many = completeInput({ seeds: [1, 2, 3, 4, 5], epochs: 2, arms });
      for (const input of [many, completeInput({ seeds: [1], epochs: 2, arms: { gray: 2.4, turbo: 2.3 } })]) {
        await printPdf(summaryPage(input, drawFigures(input)), file, 'letter', undefined, 2);
        expect(tool('pdfinfo', file)).toMatch(/Pages: +2\n/);
        const [first, second] = tool('pdftotext', '-layout', file, '-').split('\f');
        expect(first).toContain('Inconclusive');
        expect(first).toContain('For research only');
        expect(second).toContain('Methods');
      }
    },
  );

  it.skipIf(!poppler)('takes the paper that it is told (needs poppler)', async () => {
    await printPdf(page, file, 'letter');
    expect(tool('pdfinfo', file)).toMatch(/Page size: +612 x 792/);
    await printPdf(page, file, 'a4');
    expect(tool('pdfinfo', file)).toMatch(/Page size: +59[45]\.?\d* x 84[12]/);
  });
});
