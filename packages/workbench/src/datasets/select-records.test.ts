import { expect, it } from 'vitest';
import type { KnownRecord } from './dataset-order.js';
import { countFacets, placeAmong, selectRecords } from './select-records.js';

function record(id: string, more: Partial<KnownRecord> = {}): KnownRecord {
  return {
    ...{
      id,
      file: `/x/${id}`,
      label: 'NORMAL',
      positive: false,
      patient: null,
      part: 'train',
      subtype: null,
      view: null,
    },
    ...{ sex: null, age: null, device: null, width: 10, height: 10, bytes: 1, colour: false },
    ...more,
  };
}

const records = [
  record('c', { part: null }),
  record('a', { label: 'PNEUMONIA', bytes: 7 }),
  record('b', { label: 'PNEUMONIA', part: null }),
];
const named = { sort: 'id', order: 'up' } as const;

it('an empty filter asks for records that do not say, an absent one for all', () => {
  expect(selectRecords(records, { ...named, part: '' }, undefined).map(({ id }) => id)).toEqual(['b', 'c']);
  expect(selectRecords(records, named, undefined).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

it("counts are narrowed by all filters but a facet's own", () => {
  const counts = countFacets(records, { label: 'PNEUMONIA', part: '' }, undefined);
  expect(counts.label).toEqual({ NORMAL: 1, PNEUMONIA: 1 });
  expect(counts.part).toEqual({ train: 1, '': 1 });
});

it('a record knows its neighbours in a selection, and has none where it does not fit', () => {
  const chosen = selectRecords(records, named, undefined);
  expect(placeAmong(records[2]!, chosen)).toMatchObject({ total: 3, index: 1, previous: 'a', next: 'c' });
  expect(placeAmong(chosen[0]!, chosen)).toMatchObject({ index: 0, previous: null, next: 'b' });
  expect(placeAmong(record('z'), chosen)).toMatchObject({ total: 3, index: null, previous: null, next: null });
  expect(JSON.stringify(placeAmong(chosen[0]!, chosen))).not.toContain('/x/');
});
