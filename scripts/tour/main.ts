/**
 * Makes the pictures of docs/workbench.md from the real page: `npx tsx --conditions=chromaray-source scripts/tour/main.ts <folder>`
 * with the folder of a finished `chromaray demo`. Its X-rays are synthetic; pictures of real ones are never committed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** Stops at a picture; the case is the first of those on which arms disagree most. */
const atPicture = (record: string): readonly Stop[] => [
  { name: 'data', address: '/data?path=data', wait: '[role=gridcell]', height: 760 },
  {
    name: 'case',
    address: `/studies/demo/cases?sort=disagreement&left=gray&beside=turbo&record=${record}&at=0`,
    wait: 'text=/The overlay shows|the map is empty/',
    height: 1020,
  },
  { name: 'lab', address: `/lab?data=path%3Adata&record=${record}`, wait: 'canvas', height: 900 },
];

const width = 1000;
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder of a finished demo.');
const demo = readFileSync(path.join(folder, 'studies', 'demo', 'report.json'), 'utf8');
if (!demo.includes('"study": "demo"')) throw new Error(`${folder} is no demo: only synthetic X-rays are pictured.`);

const out = path.resolve(import.meta.dirname, '../../docs/workbench');
mkdirSync(out, { recursive: true });
const studySchema = path.resolve(import.meta.dirname, '../../packages/cli/study.schema.json');
// As a reader would write it: the study's own file names where the data set lies on this machine.
const own = readFileSync(path.join(folder, 'studies', 'demo', 'study.yaml'), 'utf8');
writeFileSync(path.join(folder, 'study.yaml'), own.replace(/^# .*\n/, '').replace(/^( {2}path: ).*$/m, '$1data'));
const server = await openWorkbench({ open: folder, studySchema, onDefect: console.error });
const browser = await ReadersBrowser.start({ graphics: true });
try {
  const { page } = await browser.visit(server.url, width);
  const asked = await page.request.get(`${server.origin}/api/studies/demo/cases?sort=disagreement&limit=1`);
  const { cases } = (await asked.json()) as { readonly cases: readonly [{ readonly record: string }] };
  const record = encodeURIComponent(cases[0].record);
  for (const { name, address, wait, height } of [...stops, ...atPicture(record)]) {
    await page.setViewportSize({ width, height });
    await page.goto(server.origin + address);
    await page.locator(wait).first().waitFor();
    // A data set is audited first.
    await page.locator('main progress').waitFor({ state: 'detached', timeout: 300_000 });
    // The folder's path on the machine that makes the pictures is nobody's business.
    await page.locator('.bar .folder').evaluate((element) => element.replaceChildren('chromaray-demo'));
    // Figures and colours come after the page.
    await page.waitForTimeout(4000);
    await page.screenshot({ path: path.join(out, `${name}.png`), timeout: 120_000 });
    console.log(`docs/workbench/${name}.png`);
  }
} finally {
  await browser.stop();
  await server.stop();
}
