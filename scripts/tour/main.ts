/**
 * Makes the pictures of docs/workbench.md from the real page: `npx tsx --conditions=chromaray-source scripts/tour/main.ts <folder>`
 * with the folder of a finished `chromaray demo`. Its X-rays are synthetic; pictures of real ones are never committed.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ReadersBrowser } from '../../packages/testing/src/browser.js';
import { openWorkbench } from '../../packages/workbench/src/index.js';

interface Stop {
  /** Of the picture's file. */
  readonly name: string;
  readonly address: string;
  /** What must be there before the picture is taken; CSS or Playwright's `text=`. */
  readonly wait: string;
  /** Pixels from the top that are shown. */
  readonly height: number;
}

const stops: readonly Stop[] = [
  { name: 'home', address: '/', wait: 'td .good', height: 520 },
  { name: 'study-file', address: '/study-file?file=study.yaml', wait: 'text=The study file is right.', height: 760 },
  { name: 'training', address: '/studies/demo?part=training', wait: '.plot', height: 760 },
  { name: 'verdict', address: '/studies/demo?part=verdict', wait: '.paper svg', height: 760 },
  { name: 'models', address: '/studies/demo?part=models&threshold=0.700', wait: '.confusion', height: 760 },
];

const width = 1000;
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder of a finished demo.');
const demo = readFileSync(path.join(folder, 'studies', 'demo', 'report.json'), 'utf8');
if (!demo.includes('"study": "demo"')) throw new Error(`${folder} is no demo: only synthetic X-rays are pictured.`);

const out = path.resolve(import.meta.dirname, '../../docs/workbench');
mkdirSync(out, { recursive: true });
const studySchema = path.resolve(import.meta.dirname, '../../packages/cli/study.schema.json');
const server = await openWorkbench({ open: folder, studySchema, onDefect: console.error });
const browser = await ReadersBrowser.start();
try {
  const { page } = await browser.visit(server.url, width);
  for (const { name, address, wait, height } of stops) {
    await page.setViewportSize({ width, height });
    await page.goto(server.origin + address);
    await page.locator(wait).first().waitFor();
    // The folder's path on the machine that makes the pictures is nobody's business.
    await page.locator('.bar .folder').evaluate((element) => element.replaceChildren('chromaray-demo'));
    await page.waitForTimeout(500);
    await page.screenshot({ path: path.join(out, `${name}.png`), timeout: 120_000 });
    console.log(`docs/workbench/${name}.png`);
  }
} finally {
  await browser.stop();
  await server.stop();
}
