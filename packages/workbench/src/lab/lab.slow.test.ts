import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { colourTable, decodeGray, decodeImage, encodePng, luma } from '@chromaray/imaging';
import { browserNeeded, browserProgram, ReadersBrowser } from '@chromaray/testing/browser';
import type { ErrorAnswer } from '@chromaray/web';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DatasetState } from '../datasets/open-dataset.js';
import { inEveryLook, keepPicture } from '../looks.test-support.js';
import type { PictureHeader } from '../pictures/picture-answer.js';
import { routes } from '../routes/index.js';
import { WorkRoom } from '../work/work-room.js';
import { lives, TestWorkbench } from '../workbench.test-support.js';
import { longestSide } from './coloured-picture.js';
import type { LumaKept } from './luma-kept.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const real = path.resolve(import.meta.dirname, '../../../../../shared/data');
const realFile = (folder: string): string | undefined =>
  existsSync(path.join(real, folder))
    ? path.join(real, folder, readdirSync(path.join(real, folder)).sort()[0]!)
    : undefined;
const dicom = realFile('dicom');

let test: TestWorkbench;
let pictureFile: string;
beforeAll(async () => {
  test = await TestWorkbench.open();
  const folder = test.tiny.path('data', 'test', 'NORMAL');
  pictureFile = realFile('originals/train/NORMAL') ?? path.join(folder, readdirSync(folder)[0]!);
});
afterAll(() => test.close());

interface Brought {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly bits: number;
}

async function bring(bytes: Uint8Array): Promise<{ status: number; answer: Brought & ErrorAnswer }> {
  const answer = await fetch(`${test.server.origin}/api/pictures`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${test.server.token}` },
    body: bytes as Uint8Array<ArrayBuffer>,
  });
  return { status: answer.status, answer: (await answer.json()) as Brought & ErrorAnswer };
}

const asked = (query: Record<string, unknown>): string =>
  String(
    new URLSearchParams(
      Object.entries(query).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
    ),
  );

async function coloured(query: Record<string, unknown>) {
  const answer = await test.bytes(`/lab/coloured?${asked(query)}`);
  expect(answer.status, JSON.stringify(query)).toBe(200);
  const header = JSON.parse(decodeURIComponent(answer.headers.get('Chromaray-Picture')!)) as PictureHeader;
  const about = header.about as { luma: LumaKept; seconds: number };
  return { header, about, data: new Uint8Array(await answer.arrayBuffer()) };
}

/** As a PNG begins that claims a size. */
function pngHead(width: number, height: number): Uint8Array {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452000000000000000008000000000000000000000000', 'hex');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

describe('a picture that is brought', () => {
  it('keeps every bit, is the same when it is brought again, and is coloured as an arm would be', async () => {
    const bytes = readFileSync(pictureFile);
    const { answer } = await bring(bytes);
    expect((await bring(bytes)).answer.id).toBe(answer.id);
    const gray = await decodeGray(bytes);
    expect([answer.width, answer.height]).toEqual([gray.width, gray.height]);
    const shown = await test.bytes(`/pictures/${answer.id}`);
    expect(Buffer.from(await shown.arrayBuffer()).equals(Buffer.from(gray.data))).toBe(true);
    expect(Math.max(gray.width, gray.height)).toBeLessThanOrEqual(longestSide);
    const turbo = await coloured({ picture: answer.id, colour: { map: 'turbo' } });
    const table = colourTable('turbo');
    const expected = [...gray.data.subarray(0, 3000)].flatMap((level) => [...table.subarray(3 * level, 3 * level + 3)]);
    expect([...turbo.data.subarray(0, 9000)]).toEqual(expected);
    expect(turbo.about.luma.within).toBeLessThan(0.9);
    const small = await coloured({ picture: answer.id, colour: { colorizer: 'photo-small', renderFactor: 8 } });
    const apart = [...gray.data].map((level, i) =>
      Math.abs(level - luma(small.data[3 * i]!, small.data[3 * i + 1]!, small.data[3 * i + 2]!)),
    );
    expect(small.about.luma.within).toBeCloseTo(apart.filter((one) => one <= 1).length / apart.length, 9);
    expect(small.about.luma.largest).toBe(apart.reduce((most, one) => Math.max(most, one), 0));
    for (const colour of [
      '"repeat"',
      { channels: 'information' },
      { map: 'smooth-random' },
      { map: 'shuffled', of: 'jet', seed: 3 },
    ])
      expect((await coloured({ picture: answer.id, colour })).header.channels).toBe(3);
  });

  it.skipIf(dicom === undefined)('may be a DICOM file (skipped: no ../shared/data)', async () => {
    const { status, answer } = await bring(readFileSync(dicom!));
    expect([status, answer.width > 500]).toEqual([200, true]);
    expect((await coloured({ picture: answer.id, colour: { map: 'jet' } })).header.width).toBeLessThanOrEqual(
      longestSide,
    );
  });

  it('of a data set is coloured by its id, and a sheet shows all', async () => {
    const { id } = await test.post<DatasetState>('/datasets/open', { path: 'data' });
    await expect
      .poll(async () => (await test.get<DatasetState>(`/datasets/${id}`)).facts !== null, { timeout: 200_000 })
      .toBe(true);
    const { records } = await test.get<{ records: { id: string }[] }>(`/datasets/${id}/records?limit=1`);
    const source = { dataset: id, record: records[0]!.id };
    expect((await coloured({ ...source, colour: { map: 'hot' } })).header).toMatchObject({ width: 48, height: 48 });
    const colours = [{ map: 'turbo' }, { map: 'jet' }, { map: 'bone' }, { colorizer: 'photo-small' }, 'repeat'];
    const sheet = await test.bytes(`/lab/sheet?${asked({ ...source, colours })}`);
    const picture = await decodeImage(Buffer.from(await sheet.arrayBuffer()));
    expect([picture.format, picture.isColour, picture.width > 4 * 320]).toEqual(['png', true, true]);
    const choices = await test.get<{ maps: string[]; colorizers: { name: string }[] }>('/lab/choices');
    expect(choices.maps).toContain('smooth-random');
    expect(choices.colorizers.map(({ name }) => name)).toContain('photo-small');
  });

  it('that is none, or more than there is room for, is refused early', async () => {
    expect((await bring(pngHead(20_000, 20_000))).answer.code).toBe('CHROMARAY_IMAGE_TOO_LARGE');
    const text = await bring(Buffer.from('patient,label\n'));
    expect(text.answer).toMatchObject({
      code: 'CHROMARAY_IMAGE_UNREADABLE',
      message: expect.stringMatching(/^The picture /),
    });
    expect((await bring(new Uint8Array())).status).toBeGreaterThanOrEqual(400);
    const begun = performance.now();
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { Authorization: `Bearer ${test.server.token}`, 'Content-Length': 2 ** 30 };
      const sent = httpRequest(`${test.server.origin}/api/pictures`, { method: 'POST', headers }, ({ statusCode }) => {
        resolve(statusCode!);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.write('x');
    });
    expect([status, performance.now() - begun < 5000]).toEqual([413, true]);
  });

  it('is found by its id alone', async () => {
    const { answer } = await bring(
      await encodePng({ width: 8, height: 8, channels: 1, data: new Uint8Array(64).fill(9) }),
    );
    const colour = { map: 'turbo' };
    const wrong = ['..', '../../etc/passwd', '/etc/passwd', `../${answer.id}`, 'a\u0000b', '<b>'];
    for (const picture of wrong) {
      expect((await test.refusal(`/pictures/${encodeURIComponent(picture)}`)).status, picture).toBe(404);
      for (const query of [{ picture }, { dataset: picture, record: 'x' }])
        expect((await test.refusal(`/lab/coloured?${asked({ ...query, colour })}`)).status, picture).toBe(404);
    }
    const refused = async (query: Record<string, unknown>) =>
      (await test.refusal(`/lab/coloured?${asked(query)}`)).code;
    const { id: picture } = answer;
    expect(await refused({ colour })).toBe('CHROMARAY_WEB_REQUEST');
    expect(await refused({ picture, dataset: 'x', record: 'y', colour })).toBe('CHROMARAY_WEB_REQUEST');
    for (const bad of ['{', '"pink"', '{"map":"turbo","more":1}', '[]', 'null', { learned: true }])
      expect(await refused({ picture, colour: bad })).toBe('CHROMARAY_WEB_REQUEST');
    expect(await refused({ picture, colour: { map: 'turboo' } })).toBe('CHROMARAY_COLOUR_UNKNOWN_MAP');
    expect(await refused({ picture, colour: { colorizer: '../../photo-small' } })).toBe('CHROMARAY_COLORIZER_UNKNOWN');
    expect(test.defects).toEqual([]);
  });
});

describe('an arm of a colour', () => {
  it('is added to a study file of the folder, and to no other', async () => {
    const colour = { colorizer: 'photo-small', renderFactor: 8 };
    const { line } = await test.post<{ line: string }>('/study-files/arm-line', { name: 'photo', colour });
    expect(line).toBe('- { name: photo, colour: { colorizer: photo-small, renderFactor: 8 } }');
    const before = `# mine\n${readFileSync(test.tiny.path('study.yaml'), 'utf8')}`;
    writeFileSync(test.tiny.path('arms.yaml'), before);
    const added = await test.post<{ file: string; line: number }>('/study-files/add-arm', {
      file: 'arms.yaml',
      name: 'photo',
      colour,
    });
    const after = readFileSync(test.tiny.path('arms.yaml'), 'utf8');
    expect(after.replace(/, \{ name: photo, [^}]*\} \}/, '')).toBe(before);
    expect(after.split('\n')[added.line - 1]).toContain('photo-small');
    const again = (body: object) =>
      test.refusal('/study-files/add-arm', { file: 'arms.yaml', name: 'b', colour, ...body });
    expect((await again({ name: 'PHOTO' })).code).toBe('CHROMARAY_STUDY_FILE_DUPLICATE');
    expect((await again({ colour: { map: 'turboo' } })).code).toMatch(/^CHROMARAY_STUDY_FILE_/);
    for (const name of ['', 'a b', '../x', '<b>', 'x'.repeat(65)]) expect((await again({ name })).status).toBe(400);
    for (const file of ['../arms.yaml', '/etc/passwd', 'data', 'none.yaml', 'a\u0000.yaml'])
      expect((await again({ file })).status, file).toBeLessThanOrEqual(404);
    expect(readFileSync(test.tiny.path('arms.yaml'), 'utf8')).toBe(after);
    rmSync(test.tiny.path('arms.yaml'));
  });

  it('and every route of these pages has been asked, and answers as its schema says', () => {
    const mine = routes
      .filter(({ path: at }) => /^\/(pictures|lab|study-files\/(arm-line|add-arm))/.test(at))
      .map(({ method, path: at }) => `${method} ${at}`);
    expect(mine.filter((one) => !test.asked.has(one))).toEqual([]);
    expect(test.wrong).toEqual([]);
  });
});

describe('work that nobody waits for', () => {
  it('is not begun, or ended; the next is done', async () => {
    const room = new WorkRoom();
    const file = test.tiny.path('large.png');
    writeFileSync(
      file,
      await encodePng({ width: 2000, height: 2000, channels: 1, data: new Uint8Array(4e6).fill(99) }),
    );
    const heavy = { file, name: 'large', colour: { colorizer: 'photo-small', renderFactor: 100 } } as const;
    const light = { file, name: 'large', colour: { map: 'jet' } } as const;
    try {
      await room.ask('coloured', light, new AbortController().signal);
      const { pid } = room;
      const [first, second] = [new AbortController(), new AbortController()];
      const running = room.ask('coloured', heavy, first.signal);
      const waiting = room.ask('coloured', heavy, second.signal);
      const after = room.ask('coloured', light, new AbortController().signal);
      second.abort(new Error('left'));
      await expect(waiting).rejects.toThrow('left');
      expect(lives(pid!)).toBe(true);
      setTimeout(() => first.abort(new Error('gone')), 300);
      const begun = performance.now();
      await expect(running).rejects.toThrow('gone');
      expect(performance.now() - begun).toBeLessThan(5000);
      expect((await after).header.width).toBe(2000);
      expect([room.pid === pid, lives(pid!)]).toEqual([false, false]);
      await expect(
        room.ask('gray', { file: '/none/x.png', name: 'x' }, new AbortController().signal),
      ).rejects.toMatchObject({ code: 'CHROMARAY_IMAGE_MISSING', message: expect.not.stringContaining('/none') });
    } finally {
      room.close();
    }
  });
});

describe.skipIf(browserProgram === undefined)(`the page${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  beforeAll(async () => {
    browser = await ReadersBrowser.start({ graphics: true });
  });
  afterAll(() => browser.stop());

  it('shows a dropped picture in several colours, linked, and its address brings all of it back', async () => {
    const { page, complaints } = await browser.visit(test.server.url);
    await page.goto(`${test.server.origin}/lab`);
    await page.getByLabel('Drop an X-ray').first().locator('input').setInputFiles(pictureFile);
    await page.getByRole('article', { name: 'turbo' }).getByText('Luma is not kept').waitFor();
    await page
      .getByRole('article', { name: 'photo-small' })
      .getByText(/Luma is (nearly )?kept/)
      .waitFor();
    await page.getByRole('combobox', { name: 'Colour', exact: true }).selectOption('shuffled');
    await page.getByLabel('Seed').fill('5');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('article', { name: 'shuffled, seed 5' }).getByText('Luma is not kept').waitFor();
    const stage = page.getByRole('application', { name: 'X-ray in turbo' });
    await stage.focus();
    await page.keyboard.press('+');
    await page
      .getByRole('article', { name: 'gray' })
      .getByText(/· 1\.\d+×/)
      .waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('view')).toContain('_z1');
    await page.reload();
    await page
      .getByRole('article', { name: 'shuffled, seed 5' })
      .getByText(/· 1\.\d+×/)
      .waitFor();
    await page.getByRole('button', { name: 'Remove turbo' }).click();
    await expect.poll(() => page.getByRole('article', { name: 'turbo' }).count()).toBe(0);
    await page.goBack();
    await page.getByRole('article', { name: 'turbo' }).waitFor();
    await page.getByText('Make an arm of it').first().click();
    await page.getByText('- { name: turbo, colour: { map: turbo } }').waitFor();
    await page.getByLabel('Study file').selectOption('study.yaml');
    await page.getByRole('button', { name: 'Add to study file' }).click();
    await page.getByText('CHROMARAY_STUDY_FILE_DUPLICATE').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('turbo-2');
    await page.getByRole('button', { name: 'Add to study file' }).click();
    await page.getByText('CHROMARAY_STUDY_FILE_SAME').waitFor();
    await page.getByText('Make an arm of it').first().click();
    const shuffled = page.getByRole('article', { name: 'shuffled, seed 5' });
    await shuffled.getByText('Make an arm of it').click();
    await shuffled.getByLabel('Study file').selectOption('study.yaml');
    await shuffled.getByLabel('Name', { exact: true }).fill('in-disorder');
    const before = readFileSync(test.tiny.path('study.yaml'), 'utf8');
    await shuffled.getByRole('button', { name: 'Add to study file' }).click();
    await page.getByText('Added to study.yaml').waitFor();
    expect(readFileSync(test.tiny.path('study.yaml'), 'utf8')).toContain('in-disorder');
    writeFileSync(test.tiny.path('study.yaml'), before);
    await keepPicture(page, 'lab-arm');
    // Only what was refused is complained of.
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    const address = page.url();
    await page.close();
    const open = address.replace('/lab?', `/lab?token=${test.server.token}&`);
    await inEveryLook(browser, open, 'lab', async (shown) => {
      await shown.getByRole('article', { name: 'shuffled, seed 5' }).getByText('Luma is not kept').waitFor();
      await shown
        .getByRole('article', { name: 'photo-small' })
        .getByText(/Luma is/)
        .waitFor();
    });
  });
});
