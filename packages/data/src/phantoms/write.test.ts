import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { phantomNotice } from '@chromaray/imaging';
import { afterAll, describe, expect, it } from 'vitest';
import { kermany } from '../patients/kermany.js';
import type { PhantomDatasetOptions } from './options.js';
import { writePhantomDataset } from './write.js';

const root = mkdtempSync(path.join(tmpdir(), 'chromaray-phantoms-'));
let folders = 0;
const folder = () => path.join(root, String(folders++));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const four = { NORMAL: 4, PNEUMONIA: 4 };
const two = { NORMAL: 2, PNEUMONIA: 2 };
const small: PhantomDatasetOptions = {
  size: 32,
  patients: { train: four, val: two, test: two },
  imagesPerPatient: [1, 2],
};

/** Every file below the folder with the digest of its bytes. */
function contents(directory: string): Map<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const named = files.map((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return [path.relative(directory, file).split(path.sep).join('/'), sha256(readFileSync(file))] as const;
  });
  return new Map(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const images = (directory: string) => [...contents(directory).keys()].filter((file) => file.includes('/'));

describe('writePhantomDataset', () => {
  it('writes the Kaggle layout with names from which the patients can be read', async () => {
    const directory = folder();
    const report = await writePhantomDataset(directory, small);
    expect(images(directory)).toEqual(report.records.map(({ file }) => file).sort());
    expect(report.patients).toBe(16);
    for (const record of report.records) {
      expect(record.file.startsWith(`${record.part}/${record.label}/`)).toBe(true);
      expect(kermany.identify({ id: record.file } as never)?.patient).toBe(record.patient);
    }
    const partOf = new Map<string, string>();
    for (const { patient, part } of report.records) {
      expect(partOf.get(patient) ?? part).toBe(part);
      partOf.set(patient, part);
    }
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const [a, b, c] = [folder(), folder(), folder()];
    await writePhantomDataset(a, { ...small, seed: 5 });
    await writePhantomDataset(b, { ...small, seed: 5 });
    await writePhantomDataset(c, { ...small, seed: 6 });
    expect(contents(a)).toEqual(contents(b));
    const seen = new Set(contents(a).values());
    const shared = [...contents(c)].filter(([file, digest]) => file.includes('/') && seen.has(digest));
    expect(shared).toEqual([]);
  });

  it('says in the folder and in every file that it is synthetic', async () => {
    const directory = folder();
    await writePhantomDataset(directory, small);
    expect(readFileSync(path.join(directory, 'README.txt'), 'utf8')).toContain(phantomNotice);
    for (const file of images(directory)) {
      expect(readFileSync(path.join(directory, file)).toString('latin1')).toContain(phantomNotice);
    }
  });

  it('goes on after a cancellation and ends with the bytes of an undisturbed run', async () => {
    const [cut, whole] = [folder(), folder()];
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }) => {
      if (done === 5) controller.abort(new Error('stopped'));
    };
    await expect(writePhantomDataset(cut, small, { onProgress, signal: controller.signal })).rejects.toThrow('stopped');
    expect(readdirSync(cut)).toContain('phantoms-unfinished.json');
    expect(readdirSync(cut)).not.toContain('phantoms.json');
    const before = images(cut).length;
    expect(before).toBeGreaterThanOrEqual(5);
    await writePhantomDataset(cut, small);
    const report = await writePhantomDataset(whole, small);
    expect(before).toBeLessThan(report.records.length);
    expect(contents(cut)).toEqual(contents(whole));
  });

  it('leaves a finished set as it is and restores a file that was deleted', async () => {
    const directory = folder();
    const report = await writePhantomDataset(directory, small);
    const before = contents(directory);
    const kept = path.join(directory, report.records[0]!.file);
    const written = statSync(kept).mtimeMs;
    expect(await writePhantomDataset(directory, small)).toEqual(report);
    expect(statSync(kept).mtimeMs).toBe(written);
    rmSync(path.join(directory, report.records[1]!.file));
    rmSync(path.join(directory, 'README.txt'));
    await writePhantomDataset(directory, small);
    expect(contents(directory)).toEqual(before);
  });

  it('counts every file once in its progress', async () => {
    const seen: number[] = [];
    let total = 0;
    const report = await writePhantomDataset(folder(), small, {
      onProgress: (progress) => {
        seen.push(progress.done);
        total = progress.total;
      },
    });
    expect(seen).toEqual(Array.from({ length: report.records.length }, (_, i) => i + 1));
    expect(total).toBe(report.records.length);
  });

  it('does not touch a folder that holds something else', async () => {
    const foreign = folder();
    await writePhantomDataset(foreign, small);
    await expect(writePhantomDataset(foreign, { ...small, seed: 2 })).rejects.toMatchObject({
      code: 'CHROMARAY_PHANTOMS_FOLDER',
    });
    const full = mkdtempSync(path.join(root, 'full-'));
    writeFileSync(path.join(full, 'thesis.txt'), 'precious');
    await expect(writePhantomDataset(full, small)).rejects.toMatchObject({ code: 'CHROMARAY_PHANTOMS_FOLDER' });
    expect(readdirSync(full)).toEqual(['thesis.txt']);
  });
});
