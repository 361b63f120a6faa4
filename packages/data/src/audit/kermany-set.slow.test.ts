import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Audit, Dataset } from '@chromaray/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDataset } from '../dataset/describe.js';
import { makeSplit } from '../split/make-split.js';
import { auditDataset } from './audit.js';

const xrays = path.resolve(import.meta.dirname, '../../../../../shared/data/chest_xray');
const section = { fractions: { train: 0.6, validation: 0.2, test: 0.2 }, seed: 42 };

describe.skipIf(!existsSync(xrays))(
  'the Kermany set (skipped where the X-rays are not beside the project)',
  { timeout: 900_000 },
  () => {
    // An index of its own: one that other versions of the program left would hide what this one measures.
    const cacheDirectory = mkdtempSync(path.join(os.tmpdir(), 'chromaray-kermany-'));
    let dataset: Dataset;
    let audit: Audit;
    beforeAll(async () => {
      dataset = await describeDataset({ path: xrays, cacheDirectory });
      audit = auditDataset(dataset, makeSplit(dataset, { ...section, method: 'provided' }));
    }, 900_000);
    afterAll(() => rmSync(cacheDirectory, { recursive: true }));
    const found = (id: string) => audit.findings.find((finding) => finding.id === id);

    it('has 32 exact duplicates in 30 groups, none across parts, labels, or patients of two parts', () => {
      expect(audit.counts).toMatchObject({ records: 5856, unreadable: 0, patients: 4097, blocks: 0 });
      expect(found('duplicate-pictures')?.title).toBe('32 exact copies of 30 pictures');
      const asGiven = auditDataset(dataset, null).findings.find(({ id }) => id === 'patient-number-across-parts');
      expect(asGiven?.title).toContain('264 patient numbers');
    });

    it('holds two altered copies, and no other pair', () => {
      // Looked at: the second pair is one exposure, cut below the chin.
      expect(found('near-duplicate-pictures')?.records).toEqual([
        'test/PNEUMONIA/person1669_virus_2884.jpeg',
        'test/PNEUMONIA/person1669_virus_2885.jpeg',
        'train/PNEUMONIA/person447_virus_921.jpeg',
        'train/PNEUMONIA/person447_virus_921_1.jpeg',
      ]);
    });

    it('has labels that can be predicted from file size, border and thumbnail', () => {
      const auroc = (view: string) => (found(`label-from-${view}`)!.evidence as { auroc: number }).auroc;
      expect(auroc('metadata')).toBeCloseTo(0.887, 2);
      expect(auroc('border')).toBeCloseTo(0.923, 2);
      expect(auroc('thumbnail')).toBeCloseTo(0.978, 2);
    });

    it('leaks when records are shuffled one by one', () => {
      const shuffled = auditDataset(dataset, makeSplit(dataset, { ...section, method: 'sklearn' }));
      const blocking = shuffled.findings.filter(({ severity }) => severity === 'blocks').map(({ id }) => id);
      expect(blocking).toEqual(['duplicate-across-parts', 'patient-across-parts']);
    });
  },
);
