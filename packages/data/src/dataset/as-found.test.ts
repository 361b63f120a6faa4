import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { encodePng, writePart10 } from '@chromaray/imaging';
import { describe, expect, it } from 'vitest';
import { auditDataset } from '../audit/audit.js';
import { TestFolder } from './as-found.test-support.js';
import { type DescribeOptions, describeDataset } from './describe.js';

const picture = (seed: number) =>
  encodePng({ width: 24, height: 24, data: Uint8Array.from({ length: 576 }, (_, i) => (i * (seed + 3)) % 251) });

function radiograph(seed: number) {
  const us = (tag: number, value: number) => ({ tag, representation: 'US' as const, value });
  const pixels = Uint8Array.from({ length: 576 }, (_, i) => (i * (seed + 3)) % 251);
  return writePart10([
    { tag: 0x00080016, representation: 'UI', value: '1.2.840.10008.5.1.4.1.1.1.1' },
    { tag: 0x00080018, representation: 'UI', value: `2.25.${seed}` },
    { tag: 0x00100020, representation: 'LO', value: `P${seed}` },
    us(0x00280002, 1),
    { tag: 0x00280004, representation: 'CS', value: 'MONOCHROME2' },
    us(0x00280010, 24),
    us(0x00280011, 24),
    us(0x00280100, 8),
    us(0x00280101, 8),
    us(0x00280102, 7),
    us(0x00280103, 0),
    { tag: 0x00281050, representation: 'DS', value: '128' },
    { tag: 0x00281051, representation: 'DS', value: seed === 1 ? '0' : '256' },
    { tag: 0x7fe00010, representation: 'OB', value: pixels },
  ]);
}

const report = writePart10([
  { tag: 0x00080016, representation: 'UI', value: '1.2.840.10008.5.1.4.1.1.88.11' },
  { tag: 0x00080018, representation: 'UI', value: '2.25.999' },
]);

async function twoClasses(write: (folder: TestFolder, label: string, i: number) => void | Promise<void>) {
  const folder = new TestFolder();
  for (const label of ['NORMAL', 'PNEUMONIA']) for (let i = 0; i < 10; i++) await write(folder, label, i);
  return folder;
}
const here = (folder: TestFolder, options: Partial<DescribeOptions> = {}) =>
  describeDataset({ path: folder.path, patient: 'none', saltFile: folder.at('salt'), ...options });
const findings = async (folder: TestFolder, options: Partial<DescribeOptions> = {}) =>
  auditDataset(await here(folder, { unreadableShare: 1, ...options }), null).findings;

describe('files that are not recognised', () => {
  it('DICOM without preamble is read, and the same data set with it has the same records', async () => {
    const folder = await twoClasses((to, label, i) => {
      const bytes = radiograph(label === 'NORMAL' ? i : i + 20);
      to.write(`${label}/im${i}`, label === 'NORMAL' && i < 8 ? bytes.subarray(132) : bytes);
    });
    const { records, ignored, unreadable, notes } = await here(folder, { layout: 'dicom' });
    expect([records.length, ignored.length, unreadable.length]).toEqual([20, 0, 0]);
    expect(notes!.filter(({ kind }) => kind === 'no-header').length).toBe(8);
    expect(notes!.filter(({ kind }) => kind === 'window')).toMatchObject([{ id: 'NORMAL/im1' }]);
  });

  it('reports beside pictures are ignored, neither damaged nor lost', async () => {
    const folder = await twoClasses((to, label, i) => {
      to.write(`${label}/im${i}.dcm`, label === 'NORMAL' && i < 4 ? report : radiograph(i + label.length * 10));
    });
    const { records, ignored, unreadable, losses } = await here(folder, { layout: 'dicom' });
    expect([records.length, ignored.length, unreadable.length]).toEqual([16, 4, 0]);
    expect(losses!.map((loss) => loss.ignored + loss.unreadable)).toEqual([0, 0]);
  });

  it('a .dcm file of garbage is unreadable, not ignored', async () => {
    const folder = await twoClasses((to, label, i) => {
      to.write(`${label}/im${i}.dcm`, label === 'NORMAL' && i < 2 ? Buffer.alloc(400, 7) : radiograph(i));
    });
    const { unreadable } = await here(folder, { layout: 'dicom', unreadableShare: 0.5 });
    expect(unreadable.map(({ code }) => code)).toEqual(['CHROMARAY_IMAGE_UNREADABLE', 'CHROMARAY_IMAGE_UNREADABLE']);
  });

  it('classes that lose files unequally get a warning, and only these', async () => {
    const lose = (labels: string[], name: string) =>
      twoClasses(async (to, label, i) => {
        to.write(`${label}/${i}${i < 3 && labels.includes(label) ? name : '.png'}`, await picture(i + label.length));
      });
    const ids = async (folder: TestFolder) => (await findings(folder)).map(({ id }) => id);
    const one = await lose(['NORMAL'], '.tif');
    expect((await findings(one)).find(({ id }) => id === 'unequal-losses')).toMatchObject({
      severity: 'warns',
      title: expect.stringContaining('NORMAL 3 of 10 files, PNEUMONIA 0 of 10'),
    });
    expect(await ids(await lose(['NORMAL', 'PNEUMONIA'], '.tif'))).not.toContain('unequal-losses');
    expect(await ids(await lose([], '.tif'))).not.toContain('unequal-losses');
    const notes = await lose([], '.tif');
    for (let i = 0; i < 5; i++) notes.write(`NORMAL/notes${i}.txt`, 'seen');
    expect(await ids(notes)).not.toContain('unequal-losses');
  });
});

describe('links, pipes and devices', () => {
  it('a link out of the data set is an error that names it, unless it was asked for', async () => {
    const elsewhere = new TestFolder();
    elsewhere.write('x.png', await picture(99));
    const plain = () =>
      twoClasses(async (to, label, i) => to.write(`${label}/${i}.png`, await picture(i + label.length)));
    const byFile = await plain();
    symlinkSync(elsewhere.at('x.png'), byFile.at('NORMAL/link.png'));
    const byFolder = await plain();
    symlinkSync(elsewhere.path, byFolder.at('NORMAL/more'));
    for (const folder of [byFile, byFolder]) {
      await expect(here(folder)).rejects.toMatchObject({
        code: 'CHROMARAY_DATASET_LINK',
        message: expect.stringContaining(elsewhere.path),
      });
      expect((await here(folder, { followLinks: true })).records.length).toBe(21);
    }
  });

  it('links within the data set, and a link to it, are followed', async () => {
    const folder = await twoClasses(async (to, label, i) =>
      to.write(`${label}/${i}.png`, await picture(i + label.length)),
    );
    symlinkSync(folder.at('NORMAL/1.png'), folder.at('NORMAL/again.png'));
    const link = new TestFolder();
    rmSync(link.path, { recursive: true });
    symlinkSync(folder.path, link.path);
    expect((await here(link)).records.length).toBe(21);
  });

  it.skipIf(process.platform === 'win32')('a pipe and a device hang nothing: they are unreadable', async () => {
    const folder = await twoClasses(async (to, label, i) =>
      to.write(`${label}/${i}.png`, await picture(i + label.length)),
    );
    execFileSync('mkfifo', [folder.at('NORMAL/pipe.png'), folder.at('NORMAL/pipe')]);
    symlinkSync('/dev/zero', folder.at('NORMAL/zero.png'));
    const dataset = await here(folder, { followLinks: true, unreadableShare: 0.5 });
    expect(dataset.unreadable.map(({ id, code }) => [id, code])).toEqual([
      ['NORMAL/pipe.png', 'CHROMARAY_IMAGE_UNREADABLE'],
      ['NORMAL/zero.png', 'CHROMARAY_IMAGE_UNREADABLE'],
    ]);
    await expect(here(folder, { followLinks: true, layout: 'dicom' })).rejects.toMatchObject({
      code: expect.stringMatching(/^CHROMARAY_DATASET_/),
    });
  });
});

describe('what is wrong with many files', () => {
  it('says how many of each cause, an example and the usual remedy', async () => {
    const folder = new TestFolder();
    const rows = Array.from({ length: 20 }, (_, i) => `images/${i}.png,${i % 2 ? 'NORMAL' : 'PNEUMONIA'}`);
    folder.write('list.csv', `path,label\n${rows.join('\n')}\n`);
    for (let i = 0; i < 12; i++) folder.write(`images/${i}.png`, await picture(i));
    folder.write('images/3.png', (await picture(3)).slice(0, 60));
    const manifest = { path: folder.at('list.csv') };
    await expect(here(folder, manifest)).rejects.toMatchObject({
      code: 'CHROMARAY_DATASET_UNREADABLE',
      message: expect.stringMatching(/9 of 20 files .*5.0.%.* 8 IMAGE_MISSING, for example: .*; 1 IMAGE_/),
      remedy: expect.stringMatching(/download that is not complete.*data describe/),
    });
    const dataset = await here(folder, { ...manifest, unreadableShare: 1 });
    expect([dataset.records.length, dataset.unreadable.length]).toEqual([11, 9]);
  });
});

describe('layouts as they are found', () => {
  it('folders named Training, Testing and Validation are parts', async () => {
    const folder = new TestFolder();
    for (const part of ['Training', 'Validation', 'Testing']) {
      for (const label of ['NORMAL', 'PNEUMONIA']) folder.write(`${part}/${label}/a.png`, await picture(label.length));
    }
    const { layout, records } = await here(folder);
    expect(layout).toBe('kaggle');
    expect(new Set(records.map(({ givenPart }) => givenPart))).toEqual(new Set(['train', 'validation', 'test']));
  });

  const table = 'path,label\nimages\\a.png,NORMAL\nimages/b.png,PNEUMONIA\n';
  it.each([
    ['backslashes', Buffer.from(table)],
    ['UTF-16, little endian', Buffer.from(`\ufeff${table}`, 'utf16le')],
    ['UTF-16, big endian', Buffer.from(`\ufeff${table}`, 'utf16le').swap16()],
    ['sep=;', Buffer.from(`sep=;\r\n${table.replaceAll(',', ';')}`)],
  ])('a manifest with %s', async (_, bytes) => {
    const folder = new TestFolder();
    folder.write('list.csv', bytes);
    for (const name of ['a', 'b']) folder.write(`images/${name}.png`, await picture(name.charCodeAt(0)));
    expect((await here(folder, { path: folder.at('list.csv') })).records.map(({ id }) => id)).toEqual([
      'images/a.png',
      'images/b.png',
    ]);
  });

  it('a manifest in another encoding says how to save it', async () => {
    const folder = new TestFolder();
    folder.write('list.csv', Buffer.from('path,label\nM\xfcller.png,NORMAL\n', 'latin1'));
    await expect(here(folder)).rejects.toMatchObject({ remedy: expect.stringContaining('UTF-8') });
  });
});

describe('patients in paths', () => {
  const names: Record<string, (patient: number, k: number) => string> = {
    chestxray14: (patient, k) => `0000${1000 + patient}_00${k}.png`,
    'mimic-cxr': (patient, k) => `p10/p1000${1000 + patient}/s5041426${k}/ab-${k}.png`,
    chexpert: (patient, k) => `patient0${1000 + patient}/study1/view${k}_frontal.png`,
    'padchest-study': (patient, k) => `21684011136696401228339383415200903310225${8000 + patient}_00-059-08${k}.png`,
  };
  it.each(Object.keys(names))('auto knows those of %s', async (rule) => {
    const folder = await twoClasses(async (to, label, i) => {
      const name = names[rule]!((label === 'NORMAL' ? 0 : 5) + Math.floor(i / 2), i % 2);
      to.write(`${label}/${name}`, await picture(i + label.length));
    });
    const { patientRule, records } = await here(folder, { patient: 'auto' });
    expect(patientRule?.name).toBe(rule);
    expect(new Set(records.map(({ patient }) => patient)).size).toBe(10);
  });

  it('a pattern with ^ may mean the file name, and one that fits nothing shows what it was matched against', async () => {
    const folder = await twoClasses(async (to, label, i) => {
      to.write(`${label}/p${i}_x.png`, await picture(i + label.length));
    });
    const { records } = await here(folder, { patient: { pattern: '^(p\\d+)_' } });
    expect(new Set(records.map(({ patient }) => patient)).size).toBe(10);
    await expect(here(folder, { patient: { pattern: '^(q\\d+)_' } })).rejects.toMatchObject({
      message: expect.stringContaining('matched against "NORMAL/p0_x.png" and "p0_x.png"'),
    });
  });
});
