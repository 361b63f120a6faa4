import { expect, it } from 'vitest';
import { publishedSearch } from '../../published.js';
import { searchSection, searchSentence } from './search.js';

it('the report says how many networks each arm of the original study tried', () => {
  expect(searchSentence()).toContain('12 networks in the gray arm and 4 networks in the colour arm');
  expect(searchSentence()).toContain('no comparison of its two final networks');
  expect(searchSection().body.toString()).toContain('min-max-norm');
});

it('a search of the same changes in both arms would be called one', () => {
  const same = { gray: publishedSearch.gray, colour: publishedSearch.gray };
  expect(searchSentence(same)).toContain('a search of one size for both');
});
