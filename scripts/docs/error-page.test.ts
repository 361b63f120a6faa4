import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorPage } from './error-page.js';

it('docs/errors.md is what `npm run docs:generate` writes', () => {
  expect(readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')).toBe(errorPage());
});
