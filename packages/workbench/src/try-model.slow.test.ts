import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '@chromaray/base';
import { loadModel, readMetadata, saveModel, withMetadata } from '@chromaray/engine';
import { encodeJpeg, encodePng, writePart10 } from '@chromaray/imaging';
import { studyFolder } from '@chromaray/store';
import { runStudy } from '@chromaray/study';
import { browserNeeded, browserProgram, type OpenPage, ReadersBrowser } from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inEveryLook, keepPicture } from './looks.test-support.js';
import { TestWorkbench } from './workbench.test-support.js';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

const real = path.resolve(import.meta.dirname, '../../../../shared/data');
const cli = path.resolve(import.meta.dirname, '../../cli/bin/chromaray.js');

let test: TestWorkbench;
let pictures: string;
let plainModel: string;
beforeAll(async () => {
  test = await TestWorkbench.open();
  test.tiny.writeStudyFile({
    split: '{ method: patient, fractions: { train: 0.4, validation: 0.4, test: 0.2 }, seed: 1 }',
    arms: '[{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }, { name: views, colour: { channels: information } }]',
    seeds: '[1]',
  });
  await runStudy(
    test.tiny.studyFile({
      split: '{ method: patient, fractions: { train: 0.4, validation: 0.4, test: 0.2 }, seed: 1 }',
      arms: '[{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }, { name: views, colour: { channels: information } }]',
      seeds: '[1]',
    }),
    { studies: test.tiny.path('studies') },
  );
  pictures = test.tiny.path('pictures');
  mkdirSync(pictures);
  plainModel = withoutLikeness('turbo');
});
afterAll(() => test.close());

const modelFile = (arm: string): string => studyFolder(test.tiny.path('studies'), 'tiny').model(arm, 1);

/** As versions wrote it that described no training data: it answers for any picture. */
function withoutLikeness(arm: string): string {
  const model = loadModel(modelFile(arm));
  const { likeness, ...rest } = readMetadata(model)!;
  expect(likeness).toBeDefined();
  const file = test.tiny.path(`${arm}-plain.onnx`);
  saveModel(file, withMetadata(model, rest));
  return file;
}

function keep(name: string, bytes: Uint8Array): string {
  const file = path.join(pictures, name);
  writeFileSync(file, bytes);
  return file;
}

/** What the command line says of pictures. */
function predicted(model: string, files: readonly string[]): readonly number[] {
  const said = execFileSync(process.execPath, [cli, 'predict', model, ...files, '--json'], { encoding: 'utf8' });
  return (JSON.parse(said) as { predictions: { probability: number }[] }).predictions.map(
    ({ probability }) => probability,
  );
}

const random = new Random('try');
const noise = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => random.uint32() >>> 24);
/** Smooth, so that JPEG keeps it. */
const waves = (width: number, height: number, channels: 1 | 3): Uint8Array =>
  Uint8Array.from({ length: width * height * channels }, (_, i) => {
    const [x, y] = [Math.floor(i / channels) % width, Math.floor(i / channels / width)];
    return 128 + 90 * Math.sin(x / 9 + (i % channels)) * Math.cos(y / 13);
  });

/** An uncompressed DICOM file of 12 bits, inverted, with a window. */
function dicomFile(width: number, height: number): Uint8Array {
  const samples = Uint16Array.from(
    { length: width * height },
    (_, i) => 2000 + 1800 * Math.sin((i % width) / 11) * Math.cos(i / width / 7),
  );
  const text = (tag: number, representation: 'CS' | 'UI' | 'DS', value: string) => ({ tag, representation, value });
  const number = (tag: number, value: number) => ({ tag, representation: 'US' as const, value });
  return writePart10([
    text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.1'),
    text(0x00080018, 'UI', '1.2.3.4'),
    text(0x00080060, 'CS', 'CR'),
    number(0x00280002, 1),
    text(0x00280004, 'CS', 'MONOCHROME1'),
    ...[number(0x00280010, height), number(0x00280011, width), number(0x00280100, 16), number(0x00280101, 12)],
    ...[number(0x00280102, 11), number(0x00280103, 0), text(0x00281050, 'DS', '2000'), text(0x00281051, 'DS', '3000')],
    { tag: 0x7fe00010, representation: 'OW', value: new Uint8Array(samples.buffer) },
  ] as never);
}

/** The same kind of file with its pixels as a JPEG of eight bits. */
async function compressedDicom(width: number, height: number): Promise<Uint8Array> {
  const frame = await encodeJpeg({ width, height, channels: 1, data: waves(width, height, 1) }, 90);
  const text = (tag: number, representation: 'CS' | 'UI', value: string) => ({ tag, representation, value });
  const number = (tag: number, value: number) => ({ tag, representation: 'US' as const, value });
  const head = writePart10(
    [
      text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.1'),
      text(0x00080018, 'UI', '1.2.3.5'),
      text(0x00080060, 'CS', 'CR'),
      number(0x00280002, 1),
      text(0x00280004, 'CS', 'MONOCHROME2'),
      ...[number(0x00280010, height), number(0x00280011, width), number(0x00280100, 8), number(0x00280101, 8)],
      ...[number(0x00280102, 7), number(0x00280103, 0)],
    ] as never,
    '1.2.840.10008.1.2.4.50',
  );
  const even = frame.length % 2 === 0 ? frame : Buffer.concat([frame, Buffer.of(0)]);
  const item = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  item.writeUInt32LE(even.length, 4);
  return Buffer.concat([
    head,
    Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff]),
    Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]),
    ...[item, even, Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])],
  ]);
}

describe.skipIf(browserProgram === undefined || !existsSync(cli))(`a model in the page${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  beforeAll(async () => {
    browser = await ReadersBrowser.start({ graphics: true });
  });
  afterAll(() => browser.stop());

  async function opened(query: string): Promise<Omit<OpenPage, 'requests'> & { requests: string[] }> {
    const { page, complaints } = await browser.visit(test.server.url);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
    await page.goto(`${test.server.origin}/try${query}`);
    return { page, complaints, requests };
  }
  const drop = (page: OpenPage['page'], what: string, file: string) =>
    page.getByRole('region', { name: what }).locator('input').setInputFiles(file);
  const answerTo = async (page: OpenPage['page'], file: string): Promise<number> => {
    await drop(page, 'Drop an X-ray', file);
    const answer = page.getByRole('article', { name: 'Answer' });
    await answer.getByRole('heading', { name: path.basename(file), exact: true }).waitFor();
    return Number(await answer.locator('data').getAttribute('value'));
  };

  it('says what `chromaray predict` says, of every kind of file, and asks the server for nothing meanwhile', async () => {
    const jpeg = { width: 150, height: 131 };
    const deep = Uint16Array.from({ length: 90 * 70 }, (_, i) => 600 * (i % 90) + 97 * Math.floor(i / 90));
    const { default: sharp } = await import('sharp');
    const raw = { width: 90, height: 70, channels: 1 } as const;
    const rgb = sharp(waves(60, 50, 3), { raw: { width: 60, height: 50, channels: 3 } });
    const files = [
      keep('gray.jpg', await encodeJpeg({ ...jpeg, channels: 1, data: waves(150, 131, 1) }, 80)),
      keep('rgb.jpg', await encodeJpeg({ ...jpeg, channels: 3, data: waves(150, 131, 3) }, 85)),
      keep('turned.jpg', await rgb.clone().withMetadata({ orientation: 6 }).withIccProfile('p3').jpeg().toBuffer()),
      keep('gray.png', await encodePng({ ...raw, channels: 1, data: noise(90 * 70) })),
      keep('deep.png', await sharp(deep, { raw }).toColourspace('grey16').png().toBuffer()),
      keep('palette.png', await rgb.clone().png({ palette: true, colours: 9 }).toBuffer()),
      keep('interlaced.png', await rgb.clone().png({ progressive: true }).toBuffer()),
      keep('alpha.png', await rgb.clone().ensureAlpha(0.5).png().toBuffer()),
      keep('plain.pgm', Buffer.concat([Buffer.from('P5 20 20 255\n'), noise(400)])),
      keep('plain.dcm', dicomFile(80, 60)),
      keep('jpeg.dcm', await compressedDicom(80, 60)),
      ...(existsSync(real)
        ? [
            'dicom',
            'chest_xray/test/NORMAL',
            'chest_xray/test/PNEUMONIA',
            'originals/train/NORMAL',
            'originals/train/PNEUMONIA',
          ].flatMap((folder) =>
            readdirSync(path.join(real, folder))
              .sort()
              .slice(0, 4)
              .map((name) => path.join(real, folder, name)),
          )
        : []),
    ];
    const { page, complaints, requests } = await opened('');
    const worst: Record<string, number> = {};
    for (const arm of ['turbo', 'views'] as const) {
      const model = arm === 'turbo' ? plainModel : withoutLikeness(arm);
      const expected = predicted(model, files);
      await drop(page, 'Drop a model', model);
      await page.getByText(`${path.basename(model)}: small`).waitFor();
      requests.length = 0;
      for (const [i, file] of files.entries()) {
        const apart = Math.abs((await answerTo(page, file)) - expected[i]!);
        worst[`${arm} ${path.basename(file)}`] = apart;
      }
      // Shown on the screen, and told to nobody; the first compressed DICOM file fetches what unpacks it, once.
      const decoders = `GET ${test.server.origin}/api/decoders/dicom`;
      expect(requests.filter((one) => !one.includes('/assets/dcmjs-codecs-'))).toEqual(
        arm === 'turbo' ? [decoders] : [],
      );
    }
    if (process.env.CHROMARAY_SCREENSHOTS) console.log(worst);
    expect(Object.entries(worst).filter(([, apart]) => !(apart < 1e-4))).toEqual([]);
    await page.getByText('is not known').waitFor();
    await page.getByText('For research use only').first().waitFor();
    await page.getByText('The overlay (Grad-CAM)').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('cannot connect to anything: the worker that holds the picture has a policy of its own', async () => {
    const assets = readdirSync(path.resolve(import.meta.dirname, '../workbench-page/assets'));
    const worker = assets.find((name) => name.startsWith('sealed-worker'))!;
    const headers = { Authorization: `Bearer ${test.server.token}` };
    const policy = (await fetch(`${test.server.origin}/assets/${worker}`, { headers })).headers.get(
      'Content-Security-Policy',
    );
    expect(policy).toBe("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'");
    const page = (await fetch(`${test.server.origin}/try`, { headers })).headers.get('Content-Security-Policy');
    expect(page).not.toContain('wasm');
  });

  it('abstains from what is unlike its training data, and answers for its own kind; its address brings it back', async () => {
    const folder = test.tiny.path('data', 'train', 'NORMAL');
    const own = path.join(folder, readdirSync(folder).sort()[0]!);
    const { page, complaints, requests } = await opened('?study=tiny&arm=gray&seed=1');
    await page.getByText('tiny, arm gray, seed 1: small').waitFor();
    expect(requests.filter((one) => one.includes('/model?'))).toHaveLength(1);
    const said = await answerTo(page, own);
    expect(said).toBeCloseTo(predicted(modelFile('gray'), [own])[0]!, 4);
    await page.getByText('Nothing in its pattern').waitFor();
    await keepPicture(page, 'try-answer');
    const unlike = [
      keep('noise.png', await encodePng({ width: 64, height: 64, channels: 1, data: noise(64 * 64) })),
      keep('photo.jpg', await encodeJpeg({ width: 150, height: 131, channels: 3, data: waves(150, 131, 3) }, 90)),
      keep('black.png', await encodePng({ width: 64, height: 64, channels: 1, data: new Uint8Array(4096) })),
    ];
    for (const file of unlike) {
      await drop(page, 'Drop an X-ray', file);
      await page.getByRole('heading', { name: path.basename(file), exact: true }).waitFor();
      await page.getByText('No answer.').first().waitFor();
      expect(await page.locator('article data').count(), file).toBe(0);
    }
    expect(complaints).toEqual([]);
    await page.close();
    await inEveryLook(
      browser,
      `${test.server.origin}/try?token=${test.server.token}&study=tiny&arm=turbo&seed=1`,
      'try',
      async (shown) => {
        await shown.getByText('tiny, arm turbo, seed 1: small').waitFor();
        await drop(shown, 'Drop an X-ray', own);
        await shown.getByText('Worked out in this page').waitFor();
      },
    );
  });

  it('says what is wrong with pictures and models that cannot be used', async () => {
    const { page, complaints } = await opened('');
    const bad = async (what: string, file: string, code: string) => {
      await drop(page, what, file);
      await page.getByText(code).waitFor();
    };
    const bytes = readFileSync(plainModel);
    const foreign = test.tiny.path('foreign.onnx');
    saveModel(foreign, { ...loadModel(plainModel), metadata: new Map() });
    await bad('Drop a model', foreign, 'CHROMARAY_PREDICT_MODEL');
    await bad('Drop a model', keep('cut.onnx', bytes.subarray(0, bytes.length / 2)), 'CHROMARAY_MODEL_');
    await bad('Drop a model', keep('text.onnx', Buffer.from('<b>hello</b>')), 'CHROMARAY_MODEL_CORRUPT');
    const colorized = test.tiny.path('colorized.onnx');
    const model = loadModel(plainModel);
    saveModel(colorized, withMetadata(model, { ...readMetadata(model)!, transform: '{"colorizer":"photo-small"}' }));
    await bad('Drop a model', colorized, 'CHROMARAY_PAGE_COLORIZER');
    await drop(page, 'Drop a model', plainModel);
    await page.getByText('turbo-plain.onnx: small').waitFor();
    const bomb = Buffer.from('89504e470d0a1a0a0000000d49484452000000000000000008000000000000000000000000', 'hex');
    bomb.writeUInt32BE(20_000, 16);
    bomb.writeUInt32BE(20_000, 20);
    await bad('Drop an X-ray', keep('bomb.png', bomb), 'CHROMARAY_IMAGE_TOO_LARGE');
    const png = await encodePng({ width: 64, height: 64, channels: 1, data: noise(4096) });
    await bad('Drop an X-ray', keep('cut.png', png.subarray(0, 900)), 'CHROMARAY_IMAGE_TRUNCATED');
    const whole = await encodeJpeg({ width: 64, height: 64, channels: 1, data: waves(64, 64, 1) });
    await bad('Drop an X-ray', keep('cut.jpg', whole.subarray(0, whole.length - 40)), 'CHROMARAY_IMAGE_TRUNCATED');
    await bad(
      'Drop an X-ray',
      keep('<img src=x onerror=alert(1)>.txt', Buffer.from('text')),
      'CHROMARAY_IMAGE_UNREADABLE',
    );
    await bad('Drop an X-ray', keep('empty.png', Buffer.alloc(0)), 'CHROMARAY_IMAGE_EMPTY');
    const packed = await compressedDicom(80, 60);
    await bad('Drop an X-ray', keep('cut.dcm', packed.subarray(0, packed.length - 400)), 'CHROMARAY_DICOM_');
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('of a study is found by name, arm and seed alone', async () => {
    const query = 'arm=gray&seed=1';
    for (const study of ['none', '..', '%2e%2e%2fetc', 'tiny%2f..'])
      expect((await test.refusal(`/studies/${study}/model?${query}`)).status).toBeGreaterThanOrEqual(400);
    for (const wrong of ['arm=gray&seed=2', 'arm=../gray&seed=1', 'arm=none&seed=1'])
      expect((await test.refusal(`/studies/tiny/model?${wrong}`)).code).toBe('CHROMARAY_STORE_TRIAL_UNKNOWN');
    expect((await test.refusal('/studies/tiny/model?arm=gray&seed=x')).code).toBe('CHROMARAY_WEB_REQUEST');
    const before = readFileSync(modelFile('views'));
    writeFileSync(modelFile('views'), before.subarray(0, 100));
    expect((await test.refusal('/studies/tiny/model?arm=views&seed=1')).code).toBe('CHROMARAY_FROZEN_MODEL_CHANGED');
    writeFileSync(modelFile('views'), before);
    expect(test.defects).toEqual([]);
  });
});
