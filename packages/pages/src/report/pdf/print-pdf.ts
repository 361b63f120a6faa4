import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeError, writeFileAtomic } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { requireBrowser } from './find-browser.js';
import type { Paper } from './paper.js';

/** Milliseconds that a browser may take; a report of a hundred pages takes a few seconds. */
const patience = 180_000;

/**
 * Prints a page to a PDF file with a browser that is installed, without a window and without the network.
 *
 * @param html a page that loads nothing
 * @param mostPages the print is made smaller, down to two thirds, until it fits so many
 * @param file is replaced as a whole, or left as it is when printing fails
 * @throws ChromarayError `CHROMARAY_PDF_BROWSER` where no browser is found, `CHROMARAY_PDF_PRINT` when it does not print,
 *   `CHROMARAY_FILE_WRITE` when the folder cannot be written
 */
export async function printPdf(
  html: string,
  file: string,
  paper: Paper,
  browser = requireBrowser(),
  mostPages = Number.POSITIVE_INFINITY,
): Promise<void> {
  // Beside the file: browsers from a snap or a sandbox see home folders, but not the system's temporary ones.
  const work = workFolder(file);
  try {
    const page = path.join(work, 'report.html');
    const pdf = path.join(work, 'report.pdf');
    const print = (sandbox: boolean): Promise<string> =>
      run(browser, [
        '--headless',
        '--disable-gpu',
        '--disable-extensions',
        '--no-first-run',
        '--no-default-browser-check',
        '--no-pdf-header-footer',
        '--generate-pdf-document-outline',
        ...(sandbox ? [] : ['--no-sandbox']),
        `--user-data-dir=${path.join(work, 'profile')}`,
        `--print-to-pdf=${pdf}`,
        pathToFileURL(page).href,
      ]);
    // Root and many containers have no sandbox to offer; the page runs no script but its own and loads nothing.
    const isRoot = process.getuid?.() === 0;
    const printed = async (points: number): Promise<Buffer> => {
      writeFileSync(page, laidOut(html, paper, points));
      let said = await print(!isRoot);
      if (!isRoot && !existsSync(pdf) && /sandbox/i.test(said)) said = await print(false);
      return readPdf(pdf, browser, said);
    };
    let [points, content] = [fullSize, await printed(fullSize)];
    while (pagesOf(content) > mostPages && points > (2 / 3) * fullSize) {
      points -= 0.75;
      content = await printed(points);
    }
    writeFileAtomic(file, content);
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Size of print as the style sheet has it, in points. */
const fullSize = 9.5;

function laidOut(html: string, paper: Paper, points: number): string {
  const size = `<style>@page { size: ${paper === 'a4' ? 'A4' : 'letter'}; }${
    points === fullSize ? '' : ` @media print { html { font-size: ${points}pt; } }`
  }</style>`;
  return html.replace('</head>', () => `${size}\n</head>`);
}

/** Pages of a PDF as its page tree counts them, whose root counts most; 0 where that cannot be read. */
function pagesOf(pdf: Buffer): number {
  const counts = [...pdf.toString('latin1').matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)/g)].map(([, n]) =>
    Number(n),
  );
  return Math.max(0, ...counts);
}

function workFolder(file: string): string {
  const folder = path.dirname(path.resolve(file));
  try {
    mkdirSync(folder, { recursive: true });
    return mkdtempSync(path.join(folder, '.print-'));
  } catch (error) {
    throw writeError(file, error);
  }
}

/** @returns what the browser said, for the error when there is no PDF */
function run(browser: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const child = spawn(browser, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: patience,
      killSignal: 'SIGKILL',
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? said : `ended with ${signal ?? code}: ${said}`));
  });
}

function readPdf(file: string, browser: string, said: string): Buffer {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch {
    content = Buffer.alloc(0);
  }
  if (content.subarray(0, 5).toString('latin1') === '%PDF-' && content.includes('%%EOF')) return content;
  throw codedError('CHROMARAY_PDF_PRINT', {
    message: `${browser} made no PDF: ${said.trim().split('\n').at(-1) || 'it gave no reason'}`,
    details: { browser, said },
  });
}
