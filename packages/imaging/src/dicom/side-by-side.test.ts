import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeDicom } from './decode-dicom.js';
import { encapsulated, radiographElements } from './dicom-files.test-support.js';

interface Fixture {
  readonly depths: readonly { readonly name: string; readonly file: string }[];
}
const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/odd-dicom.json', import.meta.url), 'utf8'),
);

describe('many compressed files at once, damaged ones among them', () => {
  const valid = fixture.depths.map(({ file }) => Buffer.from(file, 'base64'));
  const noise = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xf7, 0, 11, 8, 0, 16, 0, 24, 1, 1, 0x11, 0])]);
  const damaged = encapsulated(
    radiographElements(new Uint8Array(384), 24, 16, { bits: 8 }),
    Buffer.concat([noise, Buffer.alloc(60, 0x5a), Buffer.from([0xff, 0xd9])]),
    '1.2.840.10008.1.2.4.80',
  );

  it('every valid one is decoded as when alone, and every damaged one is refused', async () => {
    const alone = [];
    for (const file of valid) alone.push((await decodeDicom(file)).image.data);
    const order = Array.from({ length: 120 }, (_, i) => (i % 15 === 7 ? -1 : i % valid.length));
    const outcomes = await Promise.allSettled(order.map((i) => decodeDicom(i < 0 ? damaged : valid[i]!)));
    for (const [at, outcome] of outcomes.entries()) {
      const i = order[at]!;
      if (i < 0) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'CHROMARAY_DICOM_CORRUPT' } });
      else expect(outcome.status === 'fulfilled' && outcome.value.image.data, `file ${at}`).toEqual(alone[i]);
    }
  });
});
