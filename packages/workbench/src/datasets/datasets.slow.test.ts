import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeImage, encodePng } from '@chromaray/imaging';
import { browserNeeded, browserProgram, ReadersBrowser } from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inEveryLook, keepPicture } from '../looks.test-support.js';
import type { PictureHeader } from '../pictures/picture-answer.js';
import { routes } from '../routes/index.js';
import { TestWorkbench } from '../workbench.test-support.js';
import type { RecordRow } from './dataset-order.js';
import type { DatasetState } from './open-dataset.js';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

/** Names that a page must show and not obey. */
const hostile = [
  '<img src=x onerror=alert(1)>.png',
  '"><script>alert(1)<-script>.png',
  "a'b&c;d%2e%2e%2f.png",
  'line\nbreak.png',
  '\u202egnp.exe.png',
  '\u001b[31mred.png',
  `${'x'.repeat(251)}.png`,
  '=cmd|calc.png',
];

let test: TestWorkbench;
beforeAll(async () => {
  test = await TestWorkbench.open();
  await test.tiny.writeData('planted', {
    ...{ duplicatesAcrossParts: 2, reencodedDuplicatesAcrossParts: 2, mislabelledDuplicates: 1, unreadableFiles: 2 },
  });
  for (const [i, label] of ['NORMAL', 'PNEUMONIA'].entries()) {
    mkdirSync(test.tiny.path('hostile', label), { recursive: true });
    for (const [j, name] of hostile.entries()) {
      const data = Uint8Array.from({ length: 40 * 40 }, (_, at) => (at * (3 + j) + 97 * i) % 251);
      writeFileSync(
        test.tiny.path('hostile', label, name),
        await encodePng({ width: 40, height: 40, channels: 1, data }),
      );
    }
  }
  writeFileSync(test.tiny.path('hostile', 'NORMAL', 'bomb.png'), bomb(await encodePng(dot)));
});
afterAll(() => test.close());

const dot = { width: 1, height: 1, channels: 1, data: new Uint8Array(1) } as const;

/** A picture that says it has 60,000 by 60,000 pixels. */
function bomb(png: Uint8Array): Uint8Array {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  return bytes;
}

async function opened(body: object): Promise<DatasetState> {
  const { id } = await test.post<DatasetState>('/datasets/open', body);
  const state = () => test.get<DatasetState>(`/datasets/${id}`);
  await expect.poll(async () => (await state()).progress, { timeout: 300_000 }).toBeNull();
  return state();
}

const encoded = encodeURIComponent;

/** Waits for what a page will say: machines of tests are busy. */
const soon = <What>(what: () => What) => expect.poll(what, { timeout: 60_000 });

interface Page {
  readonly total: number;
  readonly records: readonly RecordRow[];
}

describe('a data set', () => {
  it('is read, filtered, counted and audited; its records know their neighbours', async () => {
    const state = await opened({ path: 'data' });
    const at = `/datasets/${state.id}`;
    expect(state).toMatchObject({ error: null, audited: true, drawn: true, facts: { positive: 'PNEUMONIA' } });
    expect((await test.post<DatasetState>('/datasets/open', { path: 'data' })).id).toBe(state.id);
    expect(await test.get<string[]>('/datasets')).toEqual(['data', 'hostile', 'planted']);
    const all = await test.get<Page>(`${at}/records?limit=1000`);
    expect(all.total).toBe(state.facts!.records);
    const sick = await test.get<Page>(`${at}/records?label=PNEUMONIA&part=train&sort=bytes&order=down`);
    expect(sick.records.every(({ label, part }) => label === 'PNEUMONIA' && part === 'train')).toBe(true);
    const sizes = sick.records.map(({ bytes }) => bytes);
    expect(sizes).toEqual([...sizes].sort((a, b) => b! - a!));
    const counts = await test.get<Record<string, Record<string, number>>>(`${at}/counts?label=PNEUMONIA&part=train`);
    expect(counts.part!.train).toBe(sick.total);
    expect(Object.keys(counts.label!).sort()).toEqual(['NORMAL', 'PNEUMONIA']);
    const place = `${at}/record?label=PNEUMONIA&part=train&sort=bytes&order=down&record=${encoded(sick.records[1]!.id)}`;
    expect(await test.get(place)).toEqual({
      ...{ record: sick.records[1], total: sick.total, index: 1 },
      ...{ previous: sick.records[0]!.id, next: sick.records[2]!.id },
    });
    const sheet = await decodeImage(Buffer.from(await (await test.bytes(`${at}/sheet?limit=13`)).arrayBuffer()));
    expect([sheet.width, sheet.height]).toEqual([960, 192]);
    const answer = await test.bytes(`${at}/picture?record=${encoded(all.records[0]!.id)}`);
    const header = JSON.parse(decodeURIComponent(answer.headers.get('Chromaray-Picture')!)) as PictureHeader;
    expect(header).toMatchObject({ width: all.records[0]!.width, height: all.records[0]!.height, channels: 1 });
    expect((await answer.arrayBuffer()).byteLength).toBe(header.width * header.height * (header.bits > 8 ? 2 : 1));
    expect(JSON.stringify(all.records)).not.toContain(test.tiny.folder);
    await test.bytes(`${at}/events`).then(async ({ body }) => {
      const reader = body!.getReader();
      let told = '';
      while (!told.includes('"drawn":true')) told += new TextDecoder().decode((await reader.read()).value);
      await reader.cancel();
    });
  });

  it('audited before is audited from what was kept, at once, and anew where its files have changed', async () => {
    await opened({ path: 'planted' });
    const kept = () =>
      readdirSync(path.join(test.tiny.path('studies', '.cache'))).filter((file) => /^audit-/.test(file));
    const [before] = [kept().length];
    const again = await test.restart();
    expect(again.origin).toBe(test.server.origin);
    const state = await opened({ path: 'planted' });
    expect(kept()).toHaveLength(before);
    const audit = await test.get<{ findings: { id: string; records: string[] }[] }>(`/datasets/${state.id}/audit`);
    const ids = audit.findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['duplicate-across-parts', 'duplicate-two-labels', 'unreadable-files']));
    for (const { id, records } of audit.findings.slice(0, 2))
      expect((await test.get<Page>(`/datasets/${state.id}/records?finding=${id}`)).total).toBe(new Set(records).size);
  });

  it('that cannot be read says why, and can be tried again', async () => {
    mkdirSync(test.tiny.path('empty'));
    const { id } = await test.post<DatasetState>('/datasets/open', { path: 'empty' });
    const error = async () => (await test.get<DatasetState>(`/datasets/${id}`)).error?.code ?? '';
    await expect.poll(error, { timeout: 200_000 }).toMatch(/^CHROMARAY_DATASET_/);
    expect((await test.refusal(`/datasets/${id}/records`)).code).toMatch(/^CHROMARAY_DATASET_/);
    expect((await test.post<DatasetState>('/datasets/open', { path: 'empty' })).progress).not.toBeNull();
  });
});

describe('an exclusion list', () => {
  it('grows and shrinks, is what an audit leaves out, and names only what is there', async () => {
    const { id, facts } = await opened({ path: 'data' });
    const { records } = await test.get<Page>(`/datasets/${id}/records?limit=3`);
    const [first, second] = records.map(({ id: record }) => record);
    const exclude = (excluded: object[], file = 'exclude.csv') =>
      test.post(`/datasets/${id}/exclude`, { file, excluded });
    expect(await exclude([{ record: first, reason: 'blurred, "twice"' }])).toEqual({ added: 1 });
    // Two pages at once lose nothing.
    const both = await Promise.all([
      exclude([{ record: second, reason: 'a copy' }]),
      exclude([{ record: records[2]!.id, reason: 'lateral' }]),
    ]);
    expect(both).toEqual([{ added: 1 }, { added: 1 }]);
    expect(await exclude([{ record: first, reason: 'again' }])).toEqual({ added: 0 });
    expect(await test.get('/exclusions?file=exclude.csv')).toMatchObject([
      { record: first, reason: 'blurred, "twice"', time: expect.stringMatching(/^\d{4}-.*Z$/) },
      { record: second, reason: 'a copy' },
      { record: records[2]!.id, reason: 'lateral' },
    ]);
    expect(await test.post('/exclusions/undo', { file: 'exclude.csv', records: [second] })).toEqual({ removed: 1 });
    const less = await opened({ path: 'data', exclude: 'exclude.csv' });
    expect(less.id).not.toBe(id);
    expect(less.facts!.records).toBe(facts!.records - 2);
    expect(less.facts!.leftOut.map(({ reason }) => reason).sort()).toEqual([
      'excluded: blurred, "twice"',
      'excluded: lateral',
    ]);
    const { findings } = await test.get<{ findings: { id: string; evidence: unknown }[] }>(
      `/datasets/${less.id}/audit`,
    );
    expect(findings.find(({ id: found }) => /exclu/.test(found))!.evidence).toMatchObject([
      { record: first, reason: expect.stringContaining('blurred') },
      { record: records[2]!.id },
    ]);
    // Another list under the same name is another data set; one that names what is not there is an error.
    writeFileSync(test.tiny.path('exclude.csv'), 'record,reason\nnobody.png,gone\n');
    const wrong = await opened({ path: 'data', exclude: 'exclude.csv' });
    expect(wrong.error).toMatchObject({
      code: 'CHROMARAY_DATASET_EXCLUDE',
      message: expect.stringContaining('nobody.png'),
    });
    expect(await test.get('/exclusions?file=none.csv')).toEqual([]);
  });

  it('is a CSV file of the opened folder, and nothing else is touched', async () => {
    const { id } = await opened({ path: 'data' });
    const before = readFileSync(test.tiny.path('study.yaml'), 'utf8');
    const { records } = await test.get<Page>(`/datasets/${id}/records?limit=1`);
    const excluded = [{ record: records[0]!.id, reason: 'x' }];
    for (const file of ['../exclude.csv', '/tmp/exclude.csv', 'study.yaml', 'studies/../../x.csv', 'a\u0000.csv']) {
      expect((await test.refusal(`/datasets/${id}/exclude`, { file, excluded })).status, file).toBeLessThan(404);
      expect((await test.refusal('/exclusions/undo', { file, records: ['x'] })).status, file).toBeLessThan(404);
      expect((await test.refusal(`/exclusions?file=${encoded(file)}`)).status, file).toBeLessThan(404);
    }
    expect(readFileSync(test.tiny.path('study.yaml'), 'utf8')).toBe(before);
    expect(
      (await test.refusal(`/datasets/${id}/exclude`, { file: 'a.csv', excluded: [{ record: 'none', reason: 'x' }] }))
        .status,
    ).toBe(404);
    for (const reason of ['', '   ', 'x'.repeat(501)])
      expect(
        (await test.refusal(`/datasets/${id}/exclude`, { file: 'a.csv', excluded: [{ ...excluded[0], reason }] }))
          .status,
      ).toBe(400);
  });
});

describe('bad input', () => {
  it('no parameter leads out of the opened folder', async () => {
    const { id } = await opened({ path: 'data' });
    for (const wrong of ['../study.yaml', '/etc/passwd', 'none', '..%2f..', 'data/../../x', 'a\u0000b', '<b>']) {
      for (const what of ['picture', 'record'])
        expect((await test.refusal(`/datasets/${id}/${what}?record=${encoded(wrong)}`)).status, wrong).toBe(404);
      expect((await test.get<Page>(`/datasets/${id}/records?text=${encoded(wrong)}`)).total).toBe(0);
      for (const body of [{ path: wrong }, { path: 'data', exclude: wrong }, { study: wrong }])
        expect((await test.refusal('/datasets/open', body)).status, JSON.stringify(body)).toBeGreaterThanOrEqual(400);
    }
    for (const route of routes.filter(({ path: at }) => at.includes(':dataset')))
      for (const name of ['none', '..', '%2e%2e', '..%2f..%2fetc', '%00', '<b>']) {
        const answer = await test.refusal(
          route.path.replace(':dataset', name),
          route.method === 'POST' ? {} : undefined,
        );
        expect([400, 403, 404, 405], `${route.path} ${name}`).toContain(answer.status);
      }
    expect((await test.refusal(`/datasets/${id}/records?limit=100000`)).status).toBe(400);
    expect((await test.refusal(`/datasets/${id}/records?colour=x`)).status).toBe(400);
    expect(test.defects).toEqual([]);
  });

  it('a picture bomb in a data set is named as unreadable, and costs nothing', async () => {
    const { facts, error } = await opened({ path: 'hostile' });
    expect(error).toBeNull();
    expect(facts!.records).toBe(2 * hostile.length);
    expect(facts!.unreadable).toMatchObject([{ id: 'NORMAL/bomb.png', code: 'CHROMARAY_IMAGE_TOO_LARGE' }]);
  });

  it('every route of data sets has been asked, and answers as its schema says', () => {
    const mine = routes
      .filter(({ path: at }) => /^\/(datasets|exclusions)/.test(at))
      .map(({ method, path: at }) => `${method} ${at}`);
    expect(mine.filter((one) => !test.asked.has(one))).toEqual([]);
    expect(test.wrong).toEqual([]);
  });
});

describe.skipIf(browserProgram === undefined)(`the page of data sets${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  beforeAll(async () => {
    browser = await ReadersBrowser.start({ graphics: true });
  });
  afterAll(() => browser.stop());
  const address = (query: string): string => `${test.server.origin}/data?token=${test.server.token}&${query}`;

  it('filters by a click and in the address, opens a picture with its window, and goes back', async () => {
    await opened({ path: 'data' });
    const { page, complaints } = await browser.visit(test.server.url);
    await page.getByRole('link', { name: 'Data' }).click();
    await page.getByRole('link', { name: 'data', exact: true }).click();
    const grid = page.getByRole('grid');
    await page
      .getByRole('gridcell', { name: /\.(png|jpe?g)$/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^PNEUMONIA/ }).click();
    await soon(() => new URL(page.url()).searchParams.get('label')).toBe('PNEUMONIA');
    await soon(() => page.getByRole('gridcell', { name: /NORMAL/ }).count()).toBe(0);
    // Enter opens a picture that is not read yet as soon as it is.
    await page.route(/records\?.*sort=bytes.*limit=50/, async (route) => {
      await delay(1500);
      await route.continue();
    });
    await page.getByLabel('Sorted by').selectOption('bytes');
    await grid.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^2 of /).waitFor();
    await dialog.getByRole('application').focus();
    await page.keyboard.press('i');
    await soon(() => new URL(page.url()).searchParams.get('window')).toContain('_i1');
    await keepPicture(page, 'data-picture');
    const open = page.url();
    await page.keyboard.press('PageDown');
    await dialog.getByText(/^3 of /).waitFor();
    expect(new URL(page.url()).searchParams.get('window')).toBeNull();
    await page.keyboard.press('Escape');
    await soon(() => dialog.count()).toBe(0);
    await page.goto(open);
    await dialog.getByText(/inverted/).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: /^PNEUMONIA/ }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows what the audit found in pairs, excludes copies with a reason, and takes it back', async () => {
    const { id } = await opened({ path: 'planted' });
    const { page, complaints } = await browser.visit(address('path=planted&tab=audit&list=copies.csv'));
    await page
      .getByRole('heading', { name: /Blocks: .*more than one part/ })
      .first()
      .waitFor();
    await page
      .getByRole('link', { name: /Show the evidence of 2 pictures in more than one part/ })
      .first()
      .click();
    await soon(() => page.locator('.pair canvas').count()).toBe(2);
    await page.getByRole('application').first().focus();
    await page.keyboard.press('+');
    await soon(() => page.locator('.viewer-state', { hasText: '1.25×' }).count()).toBe(2);
    await keepPicture(page, 'data-pair');
    await page.getByLabel('Difference').check();
    await page.getByRole('application', { name: 'Difference of the two pictures' }).waitFor();
    await page.getByLabel('Flicker').check();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Swap' }).click();
    await page.getByRole('button', { name: /^Exclude all 2 copies/ }).click();
    await page.getByText('Excluded', { exact: true }).first().waitFor();
    const listed = () => test.get<{ record: string; reason: string }[]>('/exclusions?file=copies.csv');
    expect((await listed()).map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^the same file as /),
      expect.stringMatching(/^the same file as /),
    ]);
    await page.getByRole('link', { name: 'Exclusions' }).click();
    await page.getByText('exclude: copies.csv').waitFor();
    await keepPicture(page, 'data-exclusions');
    await page.getByRole('button', { name: /^Undo/ }).first().click();
    await soon(async () => (await listed()).length).toBe(1);
    await page.getByRole('link', { name: 'Audit without them' }).click();
    await page.getByRole('heading', { name: '1 record excluded by name' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
    expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  it('names of files are shown and not obeyed', async () => {
    await opened({ path: 'hostile' });
    const { page, complaints } = await browser.visit(address('path=hostile'));
    let obeyed = false;
    page.on('dialog', () => {
      obeyed = true;
    });
    await page.getByRole('gridcell', { name: hostile[0]! }).first().waitFor();
    for (const name of hostile) {
      await page.goto(address(new URLSearchParams({ path: 'hostile', picture: `NORMAL/${name}` }).toString()));
      await page.getByRole('dialog').getByText(/ of /).waitFor();
      await page.locator('.picture-dialog canvas').waitFor();
    }
    await keepPicture(page, 'data-hostile');
    expect([obeyed, await page.locator('main img, main script').count(), complaints]).toEqual([false, 0, []]);
    await page.close();
  });

  it('a folder that is gone while it is shown is told with its code, and a data set that is none too', async () => {
    await test.tiny.writeData('leaving');
    const { id } = await opened({ path: 'leaving' });
    const { records } = await test.get<Page>(`/datasets/${id}/records?limit=1`);
    renameSync(test.tiny.path('leaving'), test.tiny.path('left'));
    const refusal = await test.refusal(`/datasets/${id}/picture?record=${encoded(records[0]!.id)}`);
    expect(refusal.code).toBe('CHROMARAY_IMAGE_MISSING');
    expect(refusal.message).not.toContain(test.tiny.folder);
    const { page } = await browser.visit(address('path=leaving'));
    await page.getByText('CHROMARAY_WEB_NOT_FOUND').waitFor();
    await keepPicture(page, 'data-gone');
    await page.getByRole('link', { name: 'Choose another data set' }).click();
    await page.getByRole('link', { name: 'left', exact: true }).waitFor();
    await page.close();
  });

  it.each([
    ['choose', ''],
    ['grid', 'path=planted'],
    ['picture', 'path=planted&tab=&picture=FIRST'],
    ['audit', 'path=planted&tab=audit'],
    ['pair', 'path=planted&tab=audit&show=duplicate-across-parts'],
    ['evidence', 'path=planted&tab=audit&show=unreadable-files'],
    ['exclusions', 'path=planted&tab=exclusions&list=copies.csv'],
  ])('%s has no fault, wide and narrow, light and dark', async (name, query) => {
    const { id } = await opened({ path: 'planted' });
    const { records } = await test.get<Page>(`/datasets/${id}/records?limit=1`);
    await inEveryLook(
      browser,
      address(query.replace('FIRST', encoded(records[0]!.id))),
      `data-${name}`,
      async (page) => {
        if (name === 'choose') await page.getByRole('link', { name: 'planted' }).waitFor();
        if (name === 'grid')
          await page
            .getByRole('gridcell', { name: /\.(png|jpe?g)$/ })
            .first()
            .waitFor();
        if (name === 'picture') await page.locator('.picture-dialog canvas').waitFor();
        if (name === 'audit')
          await page
            .getByRole('heading', { name: /Blocks/ })
            .first()
            .waitFor();
        if (name === 'pair') await soon(() => page.locator('.pair canvas').count()).toBe(2);
        if (name === 'evidence')
          await page
            .getByRole('cell', { name: /CHROMARAY_/ })
            .first()
            .waitFor();
        if (name === 'exclusions') await page.getByRole('heading', { name: 'Exclusions' }).waitFor();
      },
    );
  });
});
