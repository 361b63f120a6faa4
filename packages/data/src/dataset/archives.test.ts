import { readFileSync } from 'node:fs';
import { type EncodedImage, readSource } from '@chromaray/imaging';
import { TemporaryFolder } from '@chromaray/testing/dataset';
import { smallRadiograph } from '@chromaray/testing/dicom';
import { zipOf } from '@chromaray/testing/zip';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditDataset } from '../audit/audit.js';
import { describeDataset } from './describe.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = new TemporaryFolder();
});
afterEach(() => folder.remove());

const pictures = [
  'train/NORMAL/IM-0001-0001.png',
  'train/PNEUMONIA/person1_virus_1.png',
  'test/NORMAL/IM-0002-0001.png',
  'test/PNEUMONIA/person2_bacteria_1.png',
];

/** The same pictures in folders and as files of an archive, there below a prefix. */
async function unpackedAndPacked(prefix: string) {
  const parts = [];
  for (const [i, name] of pictures.entries()) {
    const file = await folder.picture(`unpacked/${name}`, i, 12, 10);
    parts.push({ name: `${prefix}${name}`, content: readFileSync(file), stored: i % 2 === 0 });
  }
  return parts;
}

describe('a data set in a zip archive', () => {
  it('is the data set that it unpacks to: same records, same hash, same findings', async () => {
    const parts = await unpackedAndPacked('chest_xray/');
    const junk = { name: '__MACOSX/chest_xray/train/NORMAL/._IM-0001-0001.png', content: 'x' };
    const zip = folder.write('chest-xray.zip', zipOf([...parts, junk]));
    const [packed, unpacked] = [
      await describeDataset({ path: zip }),
      await describeDataset({ path: `${folder.path}/unpacked` }),
    ];
    const facts = ({ file: _, ...rest }: (typeof packed.records)[number]) => rest;
    expect(packed.records.map(facts)).toEqual(unpacked.records.map(facts));
    expect(packed).toMatchObject({ hash: unpacked.hash, layout: 'kaggle', patientRule: { name: 'kermany' } });
    expect(auditDataset(packed, null).findings).toEqual(auditDataset(unpacked, null).findings);
  });

  it('leaves a second copy in the archive alone, as Kaggle publishes it', async () => {
    const parts = await unpackedAndPacked('chest_xray/');
    const copies = parts.map((part) => ({ ...part, name: `chest_xray/${part.name}` }));
    const zip = folder.write('chest-xray.zip', zipOf([...parts, ...copies]));
    const dataset = await describeDataset({ path: zip });
    expect(dataset.records.map(({ id }) => id)).toEqual([...pictures].sort());
    expect(dataset.ignored).toEqual(['chest_xray/']);
  });

  it('is read again only when the archive has changed', async () => {
    const parts = await unpackedAndPacked('');
    const zip = folder.write('set.zip', zipOf(parts));
    const cacheDirectory = `${folder.path}/cache`;
    const first = await describeDataset({ path: zip, cacheDirectory });
    expect((await describeDataset({ path: zip, cacheDirectory })).hash).toBe(first.hash);
    folder.write('set.zip', zipOf([...parts.slice(0, 3), { ...parts[3]!, content: parts[0]!.content }]));
    expect((await describeDataset({ path: zip, cacheDirectory })).hash).not.toBe(first.hash);
  });

  it('lists what cannot be read with the reason, and goes on', async () => {
    const [one, two, three, four] = await unpackedAndPacked('');
    const zip = folder.write(
      'set.zip',
      zipOf([
        one!,
        two!,
        three!,
        four!,
        { name: 'train/NORMAL/secret.png', content: 'x', encrypted: true },
        { name: 'train/NORMAL/link.png', content: '/etc/passwd', mode: 0o120777 },
        { name: 'train/NORMAL/bomb.png', content: Buffer.alloc(1e6), claims: { bytes: 10 } },
        { name: 'train/NORMAL/huge.png', content: 'x', claims: { bytes: 4e9 } },
      ]),
    );
    const dataset = await describeDataset({ path: zip, unreadableShare: 0.6 });
    expect(dataset.records).toHaveLength(4);
    expect(dataset.unreadable.map(({ id, code }) => [id, code])).toEqual([
      ['train/NORMAL/bomb.png', 'CHROMARAY_ZIP_SIZE'],
      ['train/NORMAL/huge.png', 'CHROMARAY_ZIP_LIMIT'],
      ['train/NORMAL/link.png', 'CHROMARAY_ZIP_LINK'],
      ['train/NORMAL/secret.png', 'CHROMARAY_ZIP_ENCRYPTED'],
    ]);
  });

  it.each(['../escaped.png', '/etc/escaped.png'])('is refused when it holds the name %s', async (name) => {
    const zip = folder.write('set.zip', zipOf([...(await unpackedAndPacked('')), { name, content: 'x' }]));
    await expect(describeDataset({ path: zip })).rejects.toMatchObject({ code: 'CHROMARAY_ZIP_NAME' });
  });

  it('reports an archive that ends early, and a file that is not one', async () => {
    const whole = zipOf(await unpackedAndPacked(''));
    const cut = folder.write('cut.zip', whole.subarray(0, 200));
    await expect(describeDataset({ path: cut })).rejects.toMatchObject({ code: 'CHROMARAY_ZIP_NOT_ZIP' });
    await expect(describeDataset({ path: `${folder.path}/absent.zip` })).rejects.toMatchObject({
      code: 'CHROMARAY_DATASET_MISSING',
    });
  });

  it('takes a folder that is called like an archive for a folder', async () => {
    await folder.picture('set.zip/NORMAL/a.png', 1);
    await folder.picture('set.zip/PNEUMONIA/b.png', 2);
    expect((await describeDataset({ path: `${folder.path}/set.zip` })).records).toHaveLength(2);
  });

  it('reads a manifest in an archive, a manifest beside it, and DICOM files without extension', async () => {
    const picture = async (seed: number) => readFileSync(await folder.picture(`p${seed}.png`, seed));
    const manifest =
      'path,label,patient,view,sex,age,device,site\na.png,NORMAL,p1,PA,F,63,GE Optima,Guangzhou\nb.png,PNEUMONIA,p2,AP,M,4,,\n';
    const images = [
      { name: 'a.png', content: await picture(1) },
      { name: 'b.png', content: await picture(2) },
    ];
    const inside = folder.write('inside.zip', zipOf([{ name: 'set.csv', content: manifest }, ...images]));
    const dataset = await describeDataset({ path: inside, layout: 'csv' });
    expect(dataset.records).toMatchObject([
      {
        id: 'a.png',
        patient: 'p1',
        viewPosition: 'PA',
        sex: 'female',
        ageBand: '60-79',
        device: 'GE Optima',
        site: 'Guangzhou',
      },
      { id: 'b.png', patient: 'p2', viewPosition: 'AP', sex: 'male', ageBand: '1-4' },
    ]);
    folder.write('images.zip', zipOf(images));
    const beside = folder.write(
      'set.csv',
      manifest.replace('a.png', 'images.zip/a.png').replace('b.png', 'images.zip/b.png'),
    );
    expect((await describeDataset({ path: beside })).records.map(({ id }) => id)).toEqual([
      'images.zip/a.png',
      'images.zip/b.png',
    ]);
    const dicom = folder.write(
      'dicom.zip',
      zipOf([
        { name: 'NORMAL/1', content: smallRadiograph({ patient: 'A', seed: 1 }) },
        { name: 'PNEUMONIA/2', content: smallRadiograph({ patient: 'B', seed: 2 }) },
        { name: 'PNEUMONIA/readme', content: 'text' },
      ]),
    );
    const saltFile = `${folder.path}/salt`;
    expect(await describeDataset({ path: dicom, layout: 'dicom', saltFile })).toMatchObject({
      records: [{ id: 'NORMAL/1' }, { id: 'PNEUMONIA/2' }],
      ignored: ['PNEUMONIA/readme'],
      patientRule: { name: 'dicom' },
    });
  });
});

const arrays = JSON.parse(
  readFileSync(new URL('../../../imaging/test/fixtures/numpy-files.json', import.meta.url), 'utf8'),
) as Record<string, string>;

describe('the layout npz', () => {
  const write = (name: string, content: string) => folder.write(name, Buffer.from(content, 'base64'));

  it('reads arrays as MedMNIST has them, with the names of PneumoniaMNIST for a file of that name', async () => {
    const dataset = await describeDataset({ path: write('pneumoniamnist.npz', arrays.compressed!) });
    expect(dataset).toMatchObject({ layout: 'npz', positive: 'PNEUMONIA', negative: 'NORMAL', patientRule: null });
    expect(dataset.records).toMatchObject([
      { id: 'train_images/0', label: 'NORMAL', givenPart: 'train', width: 5, height: 4, traits: { format: 'netpbm' } },
      { id: 'train_images/1', label: 'PNEUMONIA' },
      { id: 'train_images/2', label: 'PNEUMONIA' },
    ]);
    expect(auditDataset(dataset, null).findings.map(({ id }) => id)).toContain('patients-unknown');
    const { bytes }: EncodedImage = await readSource(dataset.records[1]!.file);
    expect([...bytes.subarray(-20)]).toEqual((arrays.images as unknown as number[][][])[1]!.flat());
  });

  it('names other labels by number, or as told', async () => {
    const path = write('other.npz', arrays.fortran!);
    await expect(describeDataset({ path })).rejects.toMatchObject({ code: 'CHROMARAY_DATASET_POSITIVE' });
    expect((await describeDataset({ path, positive: '1' })).records.map(({ label }) => label)).toEqual(['0', '1', '1']);
    const named = await describeDataset({ path, classes: ['healthy', 'ill'], positive: 'ill' });
    expect(named).toMatchObject({ negative: 'healthy', records: [{ givenPart: null }, {}, {}] });
    await expect(describeDataset({ path, classes: ['healthy'], positive: 'healthy' })).rejects.toMatchObject({
      code: 'CHROMARAY_DATASET_LABELS',
    });
  });

  it.each([
    ['file names', '<U12', 3 * 48],
    ['bytes', '|S5', 3 * 5],
    ['dates', '<M8[D]', 3 * 8],
    ['half precision', '<f2', 3 * 2],
    ['Python objects', '|O', 40],
  ])('ignores other arrays, such as %s, and reads what it needs', async (_, type, bytes) => {
    const path = npz('extra.npz', {
      images: npy('|u1', [3, 2, 2], Buffer.from(Array.from({ length: 12 }, (_, i) => i))),
      labels: npy('|u1', [3], Buffer.of(0, 1, 1)),
      extra: npy(type, [3], Buffer.alloc(bytes)),
    });
    const { records, ignored } = await describeDataset({ path, positive: '1' });
    expect(records.map(({ label }) => label)).toEqual(['0', '1', '1']);
    expect(ignored).toEqual(['extra']);
  });

  it.each([
    ['labels that are text', { labels: npy('<U12', [3], Buffer.alloc(144)) }, 'TYPE'],
    ['labels that are Python objects', { labels: npy('|O', [3], Buffer.alloc(40)) }, 'PICKLE'],
    ['pictures that are Python objects', { images: npy('|O', [3], Buffer.alloc(40)) }, 'PICKLE'],
  ])('refuses %s', async (_, change, what) => {
    const path = npz('needed.npz', { images: zeros([3, 2, 2]), labels: zeros([3]), ...change });
    await expect(describeDataset({ path, positive: '0' })).rejects.toMatchObject({ code: `CHROMARAY_NUMPY_${what}` });
  });

  it('refuses a pickle, pictures that are no bytes, and another layout', async () => {
    await expect(describeDataset({ path: write('p.npz', arrays.pickle!) })).rejects.toMatchObject({
      code: 'CHROMARAY_NUMPY_PICKLE',
    });
    await expect(describeDataset({ path: write('f.npz', arrays.floats!), positive: '1' })).rejects.toMatchObject({
      code: 'CHROMARAY_DATASET_LAYOUT',
    });
    const path = write('s.npz', arrays.stored!);
    await expect(describeDataset({ path, layout: 'folders' })).rejects.toMatchObject({
      code: 'CHROMARAY_DATASET_LAYOUT',
    });
    await expect(describeDataset({ path: `${folder.path}/absent.npz` })).rejects.toMatchObject({
      code: 'CHROMARAY_DATASET_MISSING',
    });
    const zip = folder.write('set.zip', zipOf(await unpackedAndPacked('')));
    await expect(describeDataset({ path: zip, layout: 'npz' })).rejects.toMatchObject({
      code: 'CHROMARAY_DATASET_LAYOUT',
    });
  });

  it.each([
    ['no labels', { images: [3, 2, 2] }, 'LAYOUT'],
    ['several labels a picture', { images: [3, 2, 2], labels: [3, 14] }, 'LABELS'],
    ['fewer labels than pictures', { images: [3, 2, 2], labels: [2, 1] }, 'LABELS'],
    ['no known name', { x: [3, 2, 2], y: [3] }, 'LAYOUT'],
    [
      'parts beside an array of all',
      { images: [3, 2, 2], labels: [3], train_images: [3, 2, 2], train_labels: [3] },
      'LAYOUT',
    ],
  ])('refuses %s', async (_, shapes, what) => {
    const parts = Object.entries(shapes).map(([name, shape]) => ({ name: `${name}.npy`, content: zeros(shape) }));
    const path = folder.write('set.npz', zipOf(parts));
    await expect(describeDataset({ path, positive: '0' })).rejects.toMatchObject({ code: `CHROMARAY_DATASET_${what}` });
  });
});

/** A uint8 array of nothing, as NumPy writes it. */
function zeros(shape: readonly number[]): Buffer {
  return npy('|u1', shape, Buffer.alloc(shape.reduce((a, b) => a * b, 1)));
}

/** An array as NumPy writes it, by the name of its type. */
function npy(type: string, shape: readonly number[], content: Buffer): Buffer {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }\n`;
  const head = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${text}`, 'latin1');
  head.writeUInt16LE(text.length, 8);
  return Buffer.concat([head, content]);
}

function npz(name: string, arrays: Readonly<Record<string, Buffer>>): string {
  return folder.write(
    name,
    zipOf(Object.entries(arrays).map(([array, content]) => ({ name: `${array}.npy`, content }))),
  );
}
