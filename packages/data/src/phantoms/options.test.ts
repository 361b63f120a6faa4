import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PhantomDatasetOptions, phantomPatients } from './options.js';
import { writePhantomDataset } from './write.js';

describe('options of a synthetic set', () => {
  it.each<[string, PhantomDatasetOptions]>([
    ['size', { size: 8 }],
    ['subtlety', { subtlety: 1.2 }],
    ['bacterialShare', { bacterialShare: Number.NaN }],
    ['imagesPerPatient[1]', { imagesPerPatient: [3, 2] }],
    ['patients.train.NORMAL', { patients: { ...phantomPatients(20), train: { NORMAL: -1, PNEUMONIA: 1 } } }],
    ['format', { format: 'tiff' as 'png' }],
    ['faults.unreadableFiles', { faults: { unreadableFiles: 0.5 } }],
    ['faults.duplicatesAcrossParts', { patients: phantomPatients(10), faults: { duplicatesAcrossParts: 500 } }],
    ['faults.patientsAcrossParts', { patients: phantomPatients(10), faults: { patientsAcrossParts: 50 } }],
    ['faults.shortcut.share', { faults: { shortcut: { kind: 'border', label: 'NORMAL', share: 2 } } }],
  ])('refuses a wrong %s and names it', async (field, options) => {
    const never = path.join(tmpdir(), 'chromaray-never-written');
    await expect(writePhantomDataset(never, options)).rejects.toMatchObject({
      code: 'CHROMARAY_PHANTOMS_OPTION',
      message: expect.stringContaining(field),
    });
  });

  it('divides patients by part and class so that the sums are right to rounding', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 5000 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (total, share) => {
          const { train, val, test } = phantomPatients(total, share);
          const ill = train.PNEUMONIA + val.PNEUMONIA + test.PNEUMONIA;
          const all = ill + train.NORMAL + val.NORMAL + test.NORMAL;
          expect(Math.abs(all - total)).toBeLessThanOrEqual(4);
          expect(Math.abs(ill - total * share)).toBeLessThanOrEqual(2);
          expect(train.NORMAL).toBeGreaterThanOrEqual(val.NORMAL);
        },
      ),
    );
  });
});
