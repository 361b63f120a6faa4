import { expect, it } from 'vitest';
import { changedSearch, queryOf } from './query.js';
import { datasetSearch, orderOf } from './use-dataset.js';

it('filters are read from the address, empty ones too, and nothing else is', () => {
  expect(queryOf('path=data&label=NORMAL&part=&picture=a&sort=bytes')).toEqual({
    ...{ label: 'NORMAL', part: '', sort: 'bytes' },
  });
});

it('a change of the address leaves the rest of it', () => {
  expect(changedSearch('path=a%2Fb&label=x', { label: undefined, part: '', text: '<b> &' })).toBe(
    '?path=a%2Fb&part=&text=%3Cb%3E+%26',
  );
  expect(changedSearch('label=x', { label: undefined })).toBe('');
});

it('which data set is meant is told apart from what is chosen in it', () => {
  const search = 'path=data&classes=A&classes=B&label=A&picture=x';
  expect(orderOf(search)).toEqual({ path: 'data', classes: ['A', 'B'] });
  expect(datasetSearch(search)).toBe('?path=data&classes=A&classes=B');
  expect(orderOf('label=A')).toBeUndefined();
  expect(orderOf('path=')).toBeUndefined();
});
