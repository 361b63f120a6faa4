import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { thumbnailSheet } from '../pictures/sheet.js';
import { OpenDataset } from './open-dataset.js';

vi.setConfig({ testTimeout: 200_000, hookTimeout: 200_000 });

const tiny = new TinyStudy();
beforeAll(() => tiny.writeData('data', { unreadableFiles: 2 }));
afterAll(() => tiny.remove());

/** What is known of a data set each time it says something, and the records and sheet that a page then gets. */
async function followed(audit: boolean) {
  const order = { section: { path: tiny.path('data') }, cache: tiny.path('cache'), audit };
  const dataset = new OpenDataset('an-id', order);
  const seen: { known: string; records: number; widths: number; progress: string | null }[] = [];
  const sheets: Promise<Uint8Array>[] = [];
  await new Promise<void>((resolve) =>
    dataset.events.onNew(() => {
      const { facts, drawn, audited, progress } = dataset.state;
      const known = [facts && (facts.hash === null ? 'names' : 'files'), drawn && 'thumbnails', audited && 'audit'];
      const records = facts === null ? [] : dataset.select({ sort: 'id', order: 'up' });
      sheets.push(thumbnailSheet(dataset, records.slice(0, 10)));
      const widths = records.filter(({ width }) => width !== null).length;
      seen.push({
        known: known.filter(Boolean).join(', '),
        records: records.length,
        widths,
        progress: progress?.phase ?? null,
      });
      if (progress === null) resolve();
    }),
  );
  for (const sheet of await Promise.all(sheets)) expect(sheet.length).toBeGreaterThan(500);
  dataset.close();
  return seen;
}

describe('a data set that is being opened', () => {
  it('shows its pictures by name at once, then read, then drawn; the audit comes last', async () => {
    const seen = await followed(true);
    const steps = seen.map(({ known }) => known).filter((known, i, all) => known !== all[i - 1]);
    expect(steps.filter((known) => known !== '')).toEqual([
      'names',
      'files',
      'files, thumbnails',
      'files, thumbnails, audit',
    ]);
    const [names, files] = ['names', 'files'].map((known) => seen.find((one) => one.known === known)!);
    // Two of the names are files that no picture comes of.
    expect(names).toMatchObject({ widths: 0, progress: 'reading' });
    expect(files).toMatchObject({ records: names!.records - 2, widths: names!.records - 2 });
    expect(seen.at(-1)!.progress).toBeNull();
    expect(seen.filter(({ progress }) => progress === 'auditing').every(({ known }) => /thumbnails/.test(known))).toBe(
      true,
    );
  });

  it('is ready when its thumbnails are drawn, where no audit is wanted', async () => {
    expect((await followed(false)).at(-1)).toMatchObject({ known: 'files, thumbnails', progress: null });
  });
});
