import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Audit } from '@chromaray/contracts';
import {
  auditDataset,
  describeDataset,
  type PhantomReport,
  phantomPatients,
  type RecordEvidence,
  writePhantomDataset,
} from '@chromaray/data';
import { writeAudit } from '@chromaray/pages';
import { browserNeeded, browserProgram, faultsInBrowser } from '@chromaray/testing/browser';
import { memoryDataset } from '@chromaray/testing/dataset';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('an audit of phantoms with planted faults', () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-audit-'));
  let planted: PhantomReport['planted'];
  let audit: Audit;
  let dataset: Awaited<ReturnType<typeof describeDataset>>;
  const evidence = <T>(id: string) => audit.findings.find((finding) => finding.id === id)?.evidence as readonly T[];
  const pairs = (id: string) =>
    evidence<{ records: readonly RecordEvidence[] }>(id).map(({ records }) =>
      records.map(({ record }) => record).sort(),
    );

  beforeAll(async () => {
    const set = await writePhantomDataset(path.join(root, 'set'), {
      size: 96,
      patients: phantomPatients(70),
      imagesPerPatient: [1, 1],
      faults: {
        reencodedDuplicatesAcrossParts: 3,
        mislabelledDuplicates: 1,
        augmentationCopies: { sources: 1, copies: 6 },
        shortcut: { kind: 'border', label: 'PNEUMONIA' },
      },
    });
    planted = set.planted;
    dataset = await describeDataset({ path: path.join(root, 'set') });
    audit = auditDataset(dataset, null);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('blocks on copies that were saved anew into another part, and names each pair', () => {
    const expected = planted.reencodedDuplicatesAcrossParts.map(({ original, copy }) => [original, copy].sort());
    expect(pairs('near-duplicate-across-parts').sort()).toEqual(expected.sort());
  });

  it('blocks on one picture under two labels', () => {
    const { original, copy } = planted.mislabelledDuplicates[0]!;
    expect(pairs('duplicate-two-labels')).toEqual([[original, copy].sort()]);
  });

  it('finds copies that pose as augmentation', () => {
    const { original, copies } = planted.augmentationCopies[0]!;
    expect(pairs('copies-as-augmentation')).toEqual([[original, ...copies].sort()]);
  });

  it('finds the mark at the border, by the border', () => {
    const found = audit.findings.find(({ id }) => id === 'label-from-border')!;
    expect(found.severity).toBe('warns');
    expect((found.evidence as unknown as { auroc: number }).auroc).toBeGreaterThan(0.97);
  });

  it('writes JSON, and a page that shows the pairs and needs no other file', async () => {
    const files = await writeAudit(audit, dataset, path.join(root, 'out'));
    expect(JSON.parse(readFileSync(files.json, 'utf8')).findings).toHaveLength(audit.findings.length);
    const page = readFileSync(files.page, 'utf8');
    expect(page).toContain('For research use only');
    for (const { id } of audit.findings) expect(page).toContain(`id="${id}"`);
    expect(page.match(/src="data:image\/jpeg/g)!.length).toBeGreaterThan(6);
    expect(page).not.toMatch(/(?:src|href)="(?!data:|#)/);
  });

  it('finds negatives and blank pictures', () => {
    const [first, second, ...others] = dataset.records;
    const { thumbnail } = first!.fingerprint!;
    const print = { ...first!.fingerprint!, landmarks: new Uint8Array() };
    const records = [
      { ...first!, fingerprint: { ...print, thumbnail: thumbnail.map((value) => 255 - value) } },
      {
        ...second!,
        fingerprint: {
          ...print,
          thumbnail: new Uint8Array(thumbnail.length),
          brightness: { mean: 0, deviation: 0, low: 0, high: 0 },
        },
      },
      ...others,
    ];
    const found = auditDataset(memoryDataset(records), null).findings;
    const of = (id: string) => found.find((finding) => finding.id === id)?.records;
    expect(of('inverted-images')).toEqual([first!.id]);
    expect(of('blank-images')).toEqual([second!.id]);
  });

  it('finds lateral views among frontal ones, and keeps quiet where all are alike', () => {
    const lateral = (share: number) =>
      memoryDataset(
        Array.from({ length: 20 }, (_, i) => ({
          id: `${i}.dcm`,
          positive: i % 2 === 0,
          viewPosition: i < share ? 'LL' : 'PA',
        })),
      );
    const ids = (share: number) => auditDataset(lateral(share), null).findings.map(({ id }) => id);
    expect(ids(3)).toContain('lateral-views');
    expect(ids(0)).not.toContain('lateral-views');
    expect(ids(20)).not.toContain('lateral-views');
  });

  it.skipIf(browserProgram === undefined)(
    `has a page without a fault in a browser${browserNeeded}`,
    async () => {
      const { page } = await writeAudit(audit, dataset, path.join(root, 'out'));
      expect(await faultsInBrowser(readFileSync(page, 'utf8'))).toEqual([]);
    },
    120_000,
  );
});
