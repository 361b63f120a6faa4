import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeImage } from '@chromaray/imaging';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PictureHeader } from '../pictures/picture-answer.js';
import { routes } from '../routes/index.js';
import { TestWorkbench } from '../workbench.test-support.js';
import { hostile, opened, type RecordsPage, writeHostile, writePlanted } from './datasets.test-support.js';
import type { DatasetState } from './open-dataset.js';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

let test: TestWorkbench;
beforeAll(async () => {
  test = await TestWorkbench.open();
  await writePlanted(test);
  await writeHostile(test);
});
afterAll(() => test.close());

describe('a data set', () => {
  it('is read, filtered, counted and audited; its records know their neighbours', async () => {
    const state = await opened(test, { path: 'data' });
    const at = `/datasets/${state.id}`;
    expect(state).toMatchObject({ error: null, audited: true, drawn: true, facts: { positive: 'PNEUMONIA' } });
    expect((await test.post<DatasetState>('/datasets/open', { path: 'data' })).id).toBe(state.id);
    expect(await test.get<string[]>('/datasets')).toEqual(['data', 'hostile', 'planted']);
    const all = await test.get<RecordsPage>(`${at}/records?limit=1000`);
    expect(all.total).toBe(state.facts!.records);
    const sick = await test.get<RecordsPage>(`${at}/records?label=PNEUMONIA&part=train&sort=bytes&order=down`);
    expect(sick.records.every(({ label, part }) => label === 'PNEUMONIA' && part === 'train')).toBe(true);
    const sizes = sick.records.map(({ bytes }) => bytes);
    expect(sizes).toEqual([...sizes].sort((a, b) => b! - a!));
    const counts = await test.get<Record<string, Record<string, number>>>(`${at}/counts?label=PNEUMONIA&part=train`);
    expect(counts.part!.train).toBe(sick.total);
    expect(Object.keys(counts.label!).sort()).toEqual(['NORMAL', 'PNEUMONIA']);
    const place = `${at}/record?label=PNEUMONIA&part=train&sort=bytes&order=down&record=${encodeURIComponent(sick.records[1]!.id)}`;
    expect(await test.get(place)).toEqual({
      ...{ record: sick.records[1], total: sick.total, index: 1 },
      ...{ previous: sick.records[0]!.id, next: sick.records[2]!.id },
    });
    const sheet = await decodeImage(Buffer.from(await (await test.bytes(`${at}/sheet?limit=13`)).arrayBuffer()));
    expect([sheet.width, sheet.height]).toEqual([960, 192]);
    const answer = await test.bytes(`${at}/picture?record=${encodeURIComponent(all.records[0]!.id)}`);
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
    await opened(test, { path: 'planted' });
    const kept = () =>
      readdirSync(path.join(test.tiny.path('studies', '.cache'))).filter((file) => /^audit-/.test(file));
    const [before] = [kept().length];
    const again = await test.restart();
    expect(again.origin).toBe(test.server.origin);
    const state = await opened(test, { path: 'planted' });
    expect(kept()).toHaveLength(before);
    const audit = await test.get<{ findings: { id: string; records: string[] }[] }>(`/datasets/${state.id}/audit`);
    const ids = audit.findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['duplicate-across-parts', 'duplicate-two-labels', 'unreadable-files']));
    for (const { id, records } of audit.findings.slice(0, 2))
      expect((await test.get<RecordsPage>(`/datasets/${state.id}/records?finding=${id}`)).total).toBe(
        new Set(records).size,
      );
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
    const { id, facts } = await opened(test, { path: 'data' });
    const { records } = await test.get<RecordsPage>(`/datasets/${id}/records?limit=3`);
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
    const less = await opened(test, { path: 'data', exclude: 'exclude.csv' });
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
    const wrong = await opened(test, { path: 'data', exclude: 'exclude.csv' });
    expect(wrong.error).toMatchObject({
      code: 'CHROMARAY_DATASET_EXCLUDE',
      message: expect.stringContaining('nobody.png'),
    });
    expect(await test.get('/exclusions?file=none.csv')).toEqual([]);
  });

  it('is a CSV file of the opened folder, and nothing else is touched', async () => {
    const { id } = await opened(test, { path: 'data' });
    const before = readFileSync(test.tiny.path('study.yaml'), 'utf8');
    const { records } = await test.get<RecordsPage>(`/datasets/${id}/records?limit=1`);
    const excluded = [{ record: records[0]!.id, reason: 'x' }];
    for (const file of ['../exclude.csv', '/tmp/exclude.csv', 'study.yaml', 'studies/../../x.csv', 'a\u0000.csv']) {
      expect((await test.refusal(`/datasets/${id}/exclude`, { file, excluded })).status, file).toBeLessThan(404);
      expect((await test.refusal('/exclusions/undo', { file, records: ['x'] })).status, file).toBeLessThan(404);
      expect((await test.refusal(`/exclusions?file=${encodeURIComponent(file)}`)).status, file).toBeLessThan(404);
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
    const { id } = await opened(test, { path: 'data' });
    for (const wrong of ['../study.yaml', '/etc/passwd', 'none', '..%2f..', 'data/../../x', 'a\u0000b', '<b>']) {
      for (const what of ['picture', 'record'])
        expect((await test.refusal(`/datasets/${id}/${what}?record=${encodeURIComponent(wrong)}`)).status, wrong).toBe(
          404,
        );
      expect((await test.get<RecordsPage>(`/datasets/${id}/records?text=${encodeURIComponent(wrong)}`)).total).toBe(0);
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
    const { facts, error } = await opened(test, { path: 'hostile' });
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
