import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { colourTable } from '@chromaray/imaging';
import { holderOf, studyFolder } from '@chromaray/store';
import { runStudy } from '@chromaray/study';
import {
  accessibilityFaults,
  browserNeeded,
  browserProgram,
  ReadersBrowser,
  widthOf,
} from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DatasetState } from './datasets/open-dataset.js';
import type { PictureHeader } from './pictures/picture-answer.js';
import type { Case } from './results/cases.js';
import { routes } from './routes/index.js';
import type { StudySummary } from './studies/study-state.js';
import type { TrialRow } from './studies/trial-schema.js';
import { lives, TestWorkbench } from './workbench.test-support.js';

const kept = process.env.CHROMARAY_SCREENSHOTS;

// Whole studies are run, on machines that may be busy.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

let test: TestWorkbench;
beforeAll(async () => {
  test = await TestWorkbench.open();
});
afterAll(() => test.close());

async function picture(path: string): Promise<{ header: PictureHeader; bytes: Uint8Array }> {
  const answer = await test.bytes(path);
  expect(answer.status, path).toBe(200);
  const header = JSON.parse(decodeURIComponent(answer.headers.get('Chromaray-Picture')!)) as PictureHeader;
  return { header, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

const summary = (): Promise<StudySummary> => test.get<StudySummary>('/studies/tiny');
const folder = () => studyFolder(path.join(test.tiny.folder, 'studies'), 'tiny');

describe('a study from the page', () => {
  it('is checked as it is typed, with lines', async () => {
    const text = readFileSync(test.tiny.path('study.yaml'), 'utf8');
    const right = await test.post<{ study: object | null; problems: [] }>('/study-files/check', {
      text,
      file: 'study.yaml',
    });
    expect([right.study === null, right.problems]).toEqual([false, []]);
    const wrong = await test.post<{ study: null; problems: { line: number; message: string }[] }>(
      '/study-files/check',
      {
        text: text.replace('batch: 8', 'batch: none').replace('epochs: 2', 'epochs: 0'),
        file: 'study.yaml',
      },
    );
    expect(wrong.study).toBeNull();
    expect(wrong.problems.map(({ line }) => line)).toEqual([8, 8]);
    const broken = await test.post<{ problems: { line: number }[] }>('/study-files/check', {
      text: 'name: a\narms: [\n',
      file: 'study.yaml',
    });
    expect(broken.problems[0]!.line).toBeGreaterThan(1);
  });

  it('is saved only over the text that the page knew', async () => {
    const text = readFileSync(test.tiny.path('study.yaml'), 'utf8');
    await test.post('/study-files/save', { file: 'new.yaml', text: 'name: x\n', known: null });
    expect(await test.refusal('/study-files/save', { file: 'new.yaml', text, known: null })).toMatchObject({
      code: 'CHROMARAY_USAGE_FILE_EXISTS',
    });
    await test.post('/study-files/save', { file: 'new.yaml', text: 'name: y\n', known: 'name: x\n' });
    expect(readFileSync(test.tiny.path('new.yaml'), 'utf8')).toBe('name: y\n');
    rmSync(test.tiny.path('new.yaml'));
    for (const file of ['../out.yaml', '/tmp/out.yaml', 'a.txt', 'studies/../../out.yaml'])
      expect((await test.refusal('/study-files/save', { file, text, known: null })).status).toBeLessThan(404);
  });

  it('is planned before training', async () => {
    const plan = await test.post<{ trials: number; cost: null }>('/study-files/plan', { file: 'study.yaml' });
    expect([plan.trials, plan.cost]).toEqual([4, null]);
    expect((await test.get<{ file: string; study: string }[]>('/study-files'))[0]).toMatchObject({
      file: 'study.yaml',
      study: 'tiny',
      problem: null,
    });
  });

  it('runs in a process of its own, is followed live, stops, and resumes where it stopped', async () => {
    test.tiny.writeStudyFile({ epochs: 3000 });
    const { pid } = await test.post<{ pid: number }>('/studies/start', { file: 'study.yaml' });
    await test.eventsUntil('tiny', 'epoch-done');
    expect(await summary()).toMatchObject({ state: 'running', holder: pid, verdict: null });
    const again = await test.refusal('/studies/start', { file: 'study.yaml' });
    expect(again).toMatchObject({ status: 422, code: 'CHROMARAY_STUDY_RUNNING', details: { pid } });
    expect(again.message).toContain(`process ${pid}`);
    expect((await test.post<{ pid: number }>('/studies/tiny/stop')).pid).toBe(pid);
    const events = await test.eventsUntil('tiny', 'run-ended');
    expect(events.map(({ seq }) => seq)).toEqual([...events].map(({ seq }) => seq).sort((a, b) => a - b));
    await expect.poll(() => lives(pid), { timeout: 10_000 }).toBe(false);
    expect(await summary()).toMatchObject({ state: 'interrupted', holder: null });
    // Its trials were all given to this machine.
    expect(await test.get('/studies/tiny/fleet')).toBeNull();
    const done = await test.get<TrialRow[]>('/studies/tiny/trials');
    expect(done.some(({ status, epochsDone }) => status === 'interrupted' && epochsDone > 0)).toBe(true);
    expect(await test.refusal('/studies/tiny/stop', {})).toMatchObject({ code: 'CHROMARAY_STUDY_NOT_RUNNING' });
    const { lastEvent } = await summary();
    const resumed = await test.post<{ pid: number }>('/studies/tiny/resume');
    await test.eventsUntil('tiny', 'trial-resumed', lastEvent);
    await test.post('/studies/tiny/stop');
    await test.eventsUntil('tiny', 'run-ended', lastEvent);
    await expect.poll(() => lives(resumed.pid), { timeout: 60_000 }).toBe(false);
  });

  it('resumes where the command line ran it last, though its study file does not say where that was', async () => {
    const away = { on: 'queue', queue: 'redis://127.0.0.1:1', exchange: test.tiny.path('exchange') };
    writeFileSync(folder().inside('execution.json'), JSON.stringify(away));
    const { lastEvent } = await summary();
    await test.post('/studies/tiny/resume');
    const events = await test.eventsUntil('tiny', 'run-ended', lastEvent);
    expect(events.at(-1)).toMatchObject({ error: { code: 'CHROMARAY_QUEUE_UNREACHABLE' } });
    rmSync(folder().root, { recursive: true });
    test.tiny.writeStudyFile();
  });

  it('a server that is killed leaves its study alone: it ends, and a second server shows it', async () => {
    const code = `import { openWorkbench } from ${JSON.stringify(path.resolve(import.meta.dirname, 'index.ts'))};
const server = await openWorkbench({ open: ${JSON.stringify(test.tiny.folder)}, onDefect: console.error });
console.log(JSON.stringify({ origin: server.origin, token: server.token }));`;
    const args = ['--conditions=chromaray-source', '--import', 'tsx', '--input-type=module', '-e', code];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((resolve) =>
      child.stdout.once('data', (text: Buffer) => resolve(text.toString())),
    );
    const other = JSON.parse(line) as { origin: string; token: string };
    const { pid } = await test.post<{ pid: number }>('/studies/start', { file: 'study.yaml' }, other as never);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(lives(pid)).toBe(true);
    const events = await test.eventsUntil('tiny', 'run-ended');
    expect(events.at(-1)).toMatchObject({ kind: 'run-ended', outcome: 'concluded' });
    await expect.poll(async () => (await summary()).state, { timeout: 10_000 }).toBe('concluded');
    rmSync(folder().root, { recursive: true });
  });

  it('one that cannot begin says why', async () => {
    writeFileSync(test.tiny.path('broken.yaml'), 'name: broken\n');
    const refused = await test.refusal('/studies/start', { file: 'broken.yaml' });
    expect(refused.code).toMatch(/^CHROMARAY_STUDY_FILE_/);
    expect((await test.refusal('/studies/start', { file: 'none.yaml' })).status).toBe(404);
    expect((await test.refusal('/studies/start', { file: '../none.yaml' })).status).toBe(403);
    rmSync(test.tiny.path('broken.yaml'));
  });
});

describe('a study that was run elsewhere', () => {
  beforeAll(async () => {
    await runStudy(test.tiny.studyFile(), { studies: test.tiny.path('studies') });
  });

  it('is shown with all it left', async () => {
    expect((await test.get<StudySummary[]>('/studies')).map(({ name }) => name)).toEqual(['tiny']);
    const study = await summary();
    expect(study).toMatchObject({ state: 'concluded', arms: ['gray', 'turbo'], trials: { done: 4, planned: 4 } });
    expect(study.statement).toMatch(/\w/);
    for (const name of study.artefacts) await test.get(`/studies/tiny/artefacts/${name}`);
    const all = await test.get<{ lastEvent: number; epochs: object[] }>('/studies/tiny/epochs');
    expect(all.epochs).toHaveLength(8);
    const none = await test.get<{ epochs: object[] }>(`/studies/tiny/epochs?since=${all.lastEvent}`);
    expect(none.epochs).toEqual([]);
    expect(await test.get('/about')).toMatchObject({ folder: test.tiny.folder });
    await test.get('/study-files/schema');
    await test.get('/study-files/text?file=study.yaml');
    expect(holderOf(folder().lock)).toBeUndefined();
  });

  it('events replay from any number', async () => {
    const all = await test.eventsUntil('tiny', 'run-ended');
    const middle = all[Math.floor(all.length / 2)]!.seq;
    const rest = await test.eventsUntil('tiny', 'run-ended', middle);
    expect(rest).toEqual(all.filter(({ seq }) => seq > middle));
  });

  it('its cases come sorted by what is asked for, with what every seed says', async () => {
    interface CasePage {
      total: number;
      cases: Case[];
    }
    const worst = await test.get<CasePage>('/studies/tiny/cases?sort=error&limit=3');
    const { cases } = await test.get<CasePage>('/studies/tiny/cases?limit=1000');
    expect([worst.total, worst.cases]).toEqual([cases.length, cases.slice(0, 3)]);
    expect(cases.map(({ error }) => error)).toEqual(cases.map(({ error }) => error).sort((a, b) => b - a));
    const { total, predictions } = await test.get<{
      total: number;
      predictions: { probability: number; seed: number }[];
    }>(`/studies/tiny/predictions?part=test&arm=gray&record=${encodeURIComponent(cases[0]!.record)}`);
    expect(total).toBe(2);
    const [gray, turbo] = cases[0]!.arms;
    expect(gray!.ofSeeds.map(({ probability }) => probability)).toEqual(
      predictions.map(({ probability }) => probability),
    );
    expect(cases[0]!.disagreement).toBeCloseTo(Math.abs(gray!.probability - turbo!.probability));
    expect(await test.get(`/studies/tiny/case?record=${encodeURIComponent(cases[0]!.record)}`)).toEqual(cases[0]);
    const wrong = await test.get<CasePage>('/studies/tiny/cases?arm=gray&outcome=wrong&limit=1000');
    const right = await test.get<CasePage>('/studies/tiny/cases?arm=gray&outcome=right&limit=1000');
    expect([wrong.total + right.total, wrong.cases.every(({ arms }) => arms[0]!.wrong > 0)]).toEqual([
      cases.length,
      true,
    ]);
    expect((await test.refusal('/studies/tiny/cases?sort=nothing')).code).toBe('CHROMARAY_WEB_REQUEST');
    expect((await test.refusal('/studies/tiny/cases?limit=1000000')).code).toBe('CHROMARAY_WEB_REQUEST');
  });

  it('shows what each arm is fed, and where its network looks', async () => {
    const { cases } = await test.get<{ cases: Case[] }>('/studies/tiny/cases?limit=1');
    const { record, arms } = cases[0]!;
    const query = `record=${encodeURIComponent(record)}`;
    const gray = await picture(`/studies/tiny/seen?arm=gray&${query}`);
    const turbo = await picture(`/studies/tiny/seen?arm=turbo&${query}`);
    expect([gray.header, turbo.header]).toMatchObject([
      { width: 32, height: 32, bits: 8, channels: 1 },
      { width: 32, height: 32, bits: 8, channels: 3 },
    ]);
    const table = colourTable('turbo');
    expect([...turbo.bytes.subarray(0, 30)]).toEqual(
      [...gray.bytes.subarray(0, 10)].flatMap((level) => [...table.subarray(3 * level, 3 * level + 3)]),
    );
    const map = await picture(`/studies/tiny/map?arm=turbo&seed=1&${query}`);
    const said = arms[1]!.ofSeeds[0]!.probability;
    expect((map.header.about as { probability: number }).probability).toBeCloseTo(said, 4);
    expect(map.header.about!.empty ? 0 : 255).toBe(Math.max(...map.bytes));
    expect((await test.refusal(`/studies/tiny/map?arm=turbo&seed=99&${query}`)).code).toBe(
      'CHROMARAY_STORE_TRIAL_UNKNOWN',
    );
    expect((await test.refusal('/studies/tiny/seen?arm=gray&record=../x')).code).toBe('CHROMARAY_STUDY_PIXELS_GONE');
  });

  it('its data set is read as its study file says', async () => {
    const { id } = await test.post<DatasetState>('/datasets/open', { study: 'tiny' });
    const state = () => test.get<DatasetState>(`/datasets/${id}`);
    await expect.poll(async () => (await state()).drawn, { timeout: 200_000 }).toBe(true);
    expect(await state()).toMatchObject({ error: null, audited: false, facts: { positive: 'PNEUMONIA' } });
  });

  it('a study that is not there, or is no name, is refused in every route', async () => {
    for (const route of routes.filter(({ path: at }) => at.includes(':study')))
      for (const name of ['none', '..', '%2e%2e', '..%2f..%2fetc', '%00', '.cache', 'tiny%2f..', '<b>']) {
        const address = route.path.replace(':study', name);
        const answer = await test.refusal(address, route.method === 'POST' ? {} : undefined);
        expect([400, 403, 404, 405], `${address}: ${JSON.stringify(answer)}`).toContain(answer.status);
      }
    expect(test.defects).toEqual([]);
  });

  it('every route is described, has been asked, and answers as its schema says', async () => {
    const { paths } = await test.get<{ paths: Record<string, Record<string, { summary: string }>> }>('/openapi.json');
    const described = Object.entries(paths).flatMap(([at, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${at.replace('/api', '').replaceAll(/\{(\w+)\}/g, ':$1')}`,
      ),
    );
    // What data sets, the colour lab, models and the study page ask for is asked in their own tests.
    const elsewhere =
      /^\w+ \/(pictures|lab|datasets|exclusions|decoders|study-files\/(arm-line|add-arm|data|begin|plan-live)|studies\/:study\/(report|split|thresholds|files?|model|cases\/sheet)$)/;
    const unasked = routes
      .map(({ method, path: at }) => `${method} ${at}`)
      .filter((one) => !test.asked.has(one) && !elsewhere.test(one));
    expect(unasked).toEqual([]);
    expect(described.sort()).toEqual(routes.map(({ method, path: at }) => `${method} ${at}`).sort());
    expect(test.wrong).toEqual([]);
  });

  it('deleted while it is shown, its stream ends and the next request says so', async () => {
    const stream = test.eventsUntil('tiny', 'never');
    const aside = `${folder().root}-moved`;
    await new Promise((resolve) => setTimeout(resolve, 300));
    renameSync(folder().root, aside);
    expect((await stream).filter(({ seq }) => seq === undefined)).toMatchObject([{ code: 'CHROMARAY_WEB_NOT_FOUND' }]);
    expect(await test.refusal('/studies/tiny')).toMatchObject({ status: 404, code: 'CHROMARAY_WEB_NOT_FOUND' });
    expect(await test.get('/studies')).toHaveLength(1);
    renameSync(aside, folder().root);
  });

  it.skipIf(browserProgram === undefined)(
    `its pages have no fault in a browser, wide and narrow, light and dark${browserNeeded}`,
    async () => {
      const browser = await ReadersBrowser.start({ graphics: true });
      try {
        for (const width of [1280, 390])
          for (const colorScheme of ['light', 'dark'] as const) {
            const { page, complaints } = await browser.visit(test.server.url, width);
            await page.emulateMedia({ colorScheme });
            expect(page.url()).toBe(`${test.server.origin}/`);
            await page.getByRole('link', { name: 'tiny' }).waitFor();
            expect(await accessibilityFaults(page)).toEqual([]);
            expect(await widthOf(page)).toBe(width);
            const keep = async (name: string): Promise<void> => {
              if (kept === undefined) return;
              mkdirSync(kept, { recursive: true });
              await page.screenshot({ path: path.join(kept, `${name}-${width}-${colorScheme}.png`) });
            };
            await keep('home');
            await page.getByRole('link', { name: 'tiny' }).click();
            await page.getByRole('navigation', { name: 'Parts of the study' }).waitFor();
            expect(await accessibilityFaults(page)).toEqual([]);
            expect(await widthOf(page)).toBe(width);
            await keep('study');
            await page.reload();
            await page.getByRole('heading', { name: 'tiny' }).waitFor();
            await page.goBack();
            await page.getByRole('heading', { name: 'Studies' }).waitFor();
            expect(complaints).toEqual([]);
            await page.close();
          }
      } finally {
        await browser.stop();
      }
    },
  );
});
