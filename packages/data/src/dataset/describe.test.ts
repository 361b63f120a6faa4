import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { encodePng } from '@chromaray/imaging';
import { TemporaryFolder } from '@chromaray/testing/dataset';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DescribeOptions, describeDataset } from './describe.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = new TemporaryFolder();
});
afterEach(() => folder.remove());

const describeHere = (options: Partial<DescribeOptions> = {}) =>
  describeDataset({ path: folder.path, unreadableShare: 0.9, ...options });
const failsWith = (what: string, details = {}) =>
  expect.objectContaining({ code: `CHROMARAY_DATASET_${what}`, ...details });

async function twoClasses(): Promise<void> {
  await folder.picture('NORMAL/IM-0001-0001.png', 1);
  await folder.picture('PNEUMONIA/person1_virus_1.png', 2);
}

describe('describeDataset', () => {
  it('reads the Kaggle layout with parts, patients and subtypes', async () => {
    await folder.picture('train/NORMAL/IM-0001-0001.png', 1);
    await folder.picture('train/PNEUMONIA/person1_virus_1.png', 2, 8, 4);
    await folder.picture('val/NORMAL/NORMAL2-IM-0001-0001.png', 3);
    await folder.picture('test/PNEUMONIA/person1_bacteria_1.png', 4);
    await folder.picture('chest_xray/train/NORMAL/IM-0001-0001.png', 1);
    const dataset = await describeHere();
    expect(dataset).toMatchObject({
      layout: 'kaggle',
      positive: 'PNEUMONIA',
      negative: 'NORMAL',
      ignored: ['chest_xray/'],
    });
    expect(dataset.patientRule?.name).toBe('kermany');
    expect(
      dataset.records.map(({ id, givenPart, patient, subtype, positive }) => [
        id,
        givenPart,
        patient,
        subtype,
        positive,
      ]),
    ).toEqual([
      ['test/PNEUMONIA/person1_bacteria_1.png', 'test', 'person1_bacteria', 'bacteria', true],
      ['train/NORMAL/IM-0001-0001.png', 'train', 'IM-0001', null, false],
      ['train/PNEUMONIA/person1_virus_1.png', 'train', 'person1_virus', 'virus', true],
      ['val/NORMAL/NORMAL2-IM-0001-0001.png', 'validation', 'NORMAL2-IM-0001', null, false],
    ]);
    expect(dataset.records[2]).toMatchObject({ width: 8, height: 4, colour: false });
  });

  it('names the records before it opens any file, those that cannot be read among them', async () => {
    await twoClasses();
    folder.write('PNEUMONIA/broken.png', 'no picture');
    const told: unknown[] = [];
    const dataset = await describeHere({
      onListed: ({ records, ...listed }) =>
        told.push(
          listed,
          records.map(({ id, positive }) => [id, positive]),
        ),
      onProgress: () => told.push('a file'),
    });
    expect(told).toEqual([
      { root: folder.path, positive: 'PNEUMONIA', negative: 'NORMAL', classes: ['NORMAL', 'PNEUMONIA'], leftOut: [] },
      [
        ['NORMAL/IM-0001-0001.png', false],
        ['PNEUMONIA/broken.png', true],
        ['PNEUMONIA/person1_virus_1.png', true],
      ],
      ...['a file', 'a file', 'a file'],
    ]);
    expect(dataset.records).toHaveLength(2);
  });

  it('reads one folder a class, folders below it, and names in any script', async () => {
    const long = `${'x'.repeat(240)}.png`;
    await folder.picture('gesund/Ärztin/ビ 1.png', 1);
    await folder.picture(`krank/${long}`, 2);
    const dataset = await describeHere({ positive: 'krank' });
    expect(dataset.layout).toBe('folders');
    expect(dataset.patientRule).toBeNull();
    expect(dataset.records.map(({ id }) => id)).toEqual(['gesund/Ärztin/ビ 1.png'.normalize('NFC'), `krank/${long}`]);
  });

  it('reads a manifest with other column names, semicolons and a byte order mark', async () => {
    await folder.picture('images/a.png', 1);
    await folder.picture('images/b.png', 2);
    const csv = '\ufeffFile;Class;Who;Set\r\nimages/a.png;ill;p 1;train\r\n"images/b.png";well;p 2;TEST\r\n';
    const columns = { path: 'File', label: 'Class', patient: 'Who', split: 'Set' };
    const dataset = await describeHere({ path: folder.write('m.csv', csv), positive: 'ill', columns });
    expect(dataset).toMatchObject({ layout: 'csv', root: folder.path, patientRule: { name: 'column' } });
    expect(dataset.records.map(({ id, label, patient, givenPart }) => [id, label, patient, givenPart])).toEqual([
      ['images/a.png', 'ill', 'p 1', 'train'],
      ['images/b.png', 'well', 'p 2', 'test'],
    ]);
  });

  it('hashes content, not place', async () => {
    await twoClasses();
    const before = (await describeHere()).hash;
    const other = new TemporaryFolder();
    await other.picture('PNEUMONIA/person1_virus_1.png', 2);
    await other.picture('NORMAL/IM-0001-0001.png', 1);
    expect((await describeDataset({ path: other.path })).hash).toBe(before);
    await other.picture('NORMAL/IM-0001-0001.png', 9);
    expect((await describeDataset({ path: other.path })).hash).not.toBe(before);
    other.remove();
  });

  it('recognises copies in another format by their pixels, and colour by its channels', async () => {
    await twoClasses();
    const data = Uint8Array.from({ length: 64 }, (_, i) => (i * 7 + 31) % 256);
    const rgb = (tint: number) =>
      Uint8Array.from({ length: 192 }, (_, i) => Math.min(255, data[Math.floor(i / 3)]! + (i % 3 === 0 ? tint : 0)));
    folder.write('NORMAL/IM-0002-0001.png', await encodePng({ width: 8, height: 8, channels: 3, data: rgb(0) }));
    folder.write('NORMAL/IM-0003-0001.png', await encodePng({ width: 8, height: 8, channels: 3, data: rgb(60) }));
    const [gray, copy, tinted] = (await describeHere()).records;
    expect(copy?.pixelHash).toBe(gray?.pixelHash);
    expect(copy?.sha256).not.toBe(gray?.sha256);
    expect([gray?.colour, copy?.colour, tinted?.colour]).toEqual([false, false, true]);
  });

  it('lists every unreadable file with its reason and goes on', async () => {
    await twoClasses();
    await folder.picture('NORMAL/one.png', 5, 1, 1);
    const whole = readFileSync(await folder.picture('spare/x.png', 3, 64, 64));
    folder.write('NORMAL/text.jpeg', 'this is no picture');
    folder.write('NORMAL/empty.jpeg', '');
    folder.write('NORMAL/truncated.png', whole.subarray(0, whole.length / 2));
    const bomb = Buffer.from(whole);
    bomb.writeUInt32BE(20_000, 16);
    bomb.writeUInt32BE(20_000, 20);
    folder.write('NORMAL/bomb.png', bomb);
    symlinkSync(path.join(folder.path, 'nowhere.png'), path.join(folder.path, 'NORMAL/broken-link.png'));
    const dataset = await describeHere({ positive: 'PNEUMONIA', patient: 'none' });
    expect(dataset.unreadable.map(({ id, code }) => [id, code])).toEqual([
      ['NORMAL/bomb.png', 'CHROMARAY_IMAGE_TOO_LARGE'],
      ['NORMAL/broken-link.png', 'CHROMARAY_IMAGE_MISSING'],
      ['NORMAL/empty.jpeg', 'CHROMARAY_IMAGE_EMPTY'],
      ['NORMAL/text.jpeg', 'CHROMARAY_IMAGE_UNREADABLE'],
      ['NORMAL/truncated.png', 'CHROMARAY_IMAGE_TRUNCATED'],
    ]);
    expect(dataset.records.map(({ id }) => id)).toContain('NORMAL/one.png');
    await expect(describeHere({ patient: 'none', unreadableShare: 0.5 })).rejects.toEqual(failsWith('UNREADABLE'));
  });

  it.skipIf(process.getuid?.() === 0)('lists files and refuses folders without permission', async () => {
    await twoClasses();
    chmodSync(await folder.picture('NORMAL/locked.png', 3), 0);
    expect((await describeHere({ patient: 'none' })).unreadable[0]?.code).toBe('CHROMARAY_IMAGE_PERMISSION');
    chmodSync(path.join(folder.path, 'PNEUMONIA'), 0);
    await expect(describeHere()).rejects.toEqual(failsWith('PERMISSION'));
    chmodSync(path.join(folder.path, 'PNEUMONIA'), 0o755);
  });

  it('skips what operating systems leave behind and does not run in circles', async () => {
    await twoClasses();
    for (const junk of ['.DS_Store', 'NORMAL/.hidden.png', '__MACOSX/NORMAL/._a.png', 'NORMAL/Thumbs.db'])
      folder.write(junk, 'x');
    folder.write('NORMAL/readme.txt', 'x');
    symlinkSync(folder.path, path.join(folder.path, 'NORMAL/circle'));
    symlinkSync('.', path.join(folder.path, 'NORMAL/itself'));
    symlinkSync('loop.png', path.join(folder.path, 'NORMAL/loop.png'));
    const dataset = await describeHere({ patient: 'none' });
    expect(dataset.records).toHaveLength(2);
    expect(dataset.ignored).toEqual(['NORMAL/readme.txt']);
    expect(dataset.unreadable.map(({ id }) => id)).toContain('NORMAL/loop.png');
  });

  it('takes several classes when the positive one is named', async () => {
    await twoClasses();
    await folder.picture('COVID/a.png', 3);
    const dataset = await describeHere({ positive: 'PNEUMONIA', patient: 'none' });
    expect(dataset).toMatchObject({ negative: 'COVID + NORMAL', classes: ['COVID', 'NORMAL', 'PNEUMONIA'] });
  });
});

describe('a data set that cannot be used', () => {
  it('is missing, empty or a file', async () => {
    await expect(describeHere({ path: path.join(folder.path, 'none') })).rejects.toEqual(failsWith('MISSING'));
    await expect(describeHere({ path: folder.write('x.png', 'x') })).rejects.toEqual(failsWith('NOT_A_FOLDER'));
    mkdirSync(path.join(folder.path, 'a'));
    mkdirSync(path.join(folder.path, 'b'));
    await expect(describeHere({ layout: 'folders' })).rejects.toEqual(failsWith('EMPTY'));
  });

  it('has an empty class, one class, or class names that differ in case', async () => {
    await folder.picture('NORMAL/a.png', 1);
    await expect(describeHere()).rejects.toEqual(failsWith('ONE_CLASS'));
    mkdirSync(path.join(folder.path, 'PNEUMONIA'));
    await expect(describeHere()).rejects.toEqual(failsWith('EMPTY_CLASS'));
    folder.write('PNEUMONIA/a.png', 'not a picture');
    await expect(describeHere()).rejects.toEqual(failsWith('EMPTY_CLASS'));
    mkdirSync(path.join(folder.path, 'Normal'));
    await expect(describeHere()).rejects.toEqual(failsWith('CLASS_NAMES'));
  });

  it('lacks the positive class that was named', async () => {
    await twoClasses();
    await expect(describeHere({ positive: 'PNEUMONA' })).rejects.toEqual(
      failsWith('POSITIVE', {
        message: expect.stringContaining('there are "NORMAL", "PNEUMONIA"'),
        remedy: expect.stringContaining('did you mean "PNEUMONIA"?'),
      }),
    );
    const other = new TemporaryFolder();
    await other.picture('a/1.png', 1);
    await other.picture('b/1.png', 2);
    await expect(describeDataset({ path: other.path })).rejects.toEqual(failsWith('POSITIVE'));
    other.remove();
  });

  it('has another layout than it was said to have', async () => {
    await folder.picture('deep/train/NORMAL/a.png', 1);
    await expect(describeHere({ layout: 'kaggle' })).rejects.toEqual(
      failsWith('LAYOUT', { remedy: expect.stringContaining('deep') }),
    );
    await expect(describeHere({ path: path.join(folder.path, 'deep'), layout: 'folders' })).rejects.toEqual(
      failsWith('LAYOUT'),
    );
  });

  it.each([
    ['path,class\na.png,x\n', 'no column "label"'],
    ['path,label\na.png,\n', 'in line 2'],
    ['path,label,split\na.png,x,tset\n', '"tset" in line 2'],
    ['path,label\na.png,x\n./a.png,y\n', 'in lines 2 and 3'],
    ['path,label\n"a.png,x\n', 'cannot be read as CSV'],
    ['', 'is empty'],
  ])('has a manifest with a fault: %j', async (text, message) => {
    await expect(describeHere({ path: folder.write('m.csv', text) })).rejects.toEqual(
      failsWith('CSV', { message: expect.stringContaining(message) }),
    );
  });
});

describe('the index of a data set', () => {
  it('spares decoding files that are unchanged, and only those', async () => {
    await twoClasses();
    const cacheDirectory = path.join(folder.path, '.cache');
    const first = await describeHere({ cacheDirectory });
    const file = path.join(folder.path, 'NORMAL/IM-0001-0001.png');
    const [name] = readdirSync(cacheDirectory);
    const index = path.join(cacheDirectory, name!);
    const lines = readFileSync(index, 'utf8').split('\n').filter(Boolean);
    const changed = lines.map((line) => line.replace(/^(\["NORMAL\/IM-0001-0001.png".*)"width":\d+/, '$1"width":99'));
    expect(changed).not.toEqual(lines);
    writeFileSync(index, changed.join('\n'));
    expect((await describeHere({ cacheDirectory })).records[0]?.width).toBe(99);
    utimesSync(file, 1, 1);
    expect(await describeHere({ cacheDirectory })).toEqual(first);
    writeFileSync(index, '{ damaged');
    expect(await describeHere({ cacheDirectory })).toEqual(first);
    expect(readFileSync(index, 'utf8')).toMatch(/^\{"version":\d+\}\n\[/);
  });

  it('reads what a killed run has left of it, and adds the rest', async () => {
    await twoClasses();
    const cacheDirectory = path.join(folder.path, '.cache');
    const first = await describeHere({ cacheDirectory });
    const index = path.join(cacheDirectory, readdirSync(cacheDirectory)[0]!);
    const whole = readFileSync(index, 'utf8');
    for (const length of [whole.length - 10, Math.floor(whole.length / 2), whole.indexOf('\n') + 1, 5, 0]) {
      writeFileSync(index, whole.slice(0, length));
      expect(await describeHere({ cacheDirectory })).toEqual(first);
      const lines = readFileSync(index, 'utf8').split('\n').filter(Boolean);
      const ids = lines.flatMap((line) => /^\["([^"]+)".*\]$/.exec(line)?.[1] ?? []);
      expect(new Set(ids)).toEqual(new Set(first.records.map(({ id }) => id)));
    }
  });

  it('is written anew once most of it is out of date', async () => {
    await twoClasses();
    const cacheDirectory = path.join(folder.path, '.cache');
    const first = await describeHere({ cacheDirectory });
    const index = path.join(cacheDirectory, readdirSync(cacheDirectory)[0]!);
    const [version, ...lines] = readFileSync(index, 'utf8').split('\n').filter(Boolean);
    writeFileSync(index, [version, ...Array.from({ length: 400 }, () => lines).flat()].join('\n'));
    utimesSync(path.join(folder.path, 'NORMAL/IM-0001-0001.png'), 1, 1);
    expect(await describeHere({ cacheDirectory })).toEqual(first);
    expect(readFileSync(index, 'utf8').split('\n').filter(Boolean)).toHaveLength(1 + lines.length);
  });

  it('keeps what was learned before an abort', async () => {
    for (let i = 0; i < 6; i++) await folder.picture(`${i % 2 ? 'NORMAL' : 'PNEUMONIA'}/${i}.png`, i);
    const cacheDirectory = path.join(folder.path, '.cache');
    const abort = new AbortController();
    const onProgress = () => abort.abort(new Error('stopped'));
    await expect(describeHere({ cacheDirectory, onProgress, signal: abort.signal, concurrency: 1 })).rejects.toThrow(
      'stopped',
    );
    const content = readFileSync(path.join(cacheDirectory, readdirSync(cacheDirectory)[0]!), 'utf8');
    expect(content.match(/^\[/gm)).toHaveLength(1);
  });
});

const kermanySet = path.resolve(import.meta.dirname, '../../../../../shared/data/chest_xray');

describe.skipIf(!existsSync(kermanySet))(
  'the Kermany set (skipped where the X-rays are not beside the project)',
  () => {
    it('gives patients and parts to its 16 validation images', async () => {
      const root = path.join(kermanySet, 'val');
      const dataset = await describeDataset({ path: root, layout: 'folders', positive: 'PNEUMONIA' });
      expect(dataset.records).toHaveLength(16);
      expect(new Set(dataset.records.map(({ patient }) => patient)).size).toBe(15);
      expect(dataset.records.every(({ width, height, colour }) => width === 224 && height === 224 && !colour)).toBe(
        true,
      );
    });
  },
);
