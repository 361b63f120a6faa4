import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contractNames } from './contract.js';
import { knownColorizers } from './registry.js';

const page = readFileSync(new URL('../../../../docs/colour.md', import.meta.url), 'utf8');

describe('docs/colour.md', () => {
  it('explains every contract', () => {
    for (const contract of contractNames) expect(page).toContain(`| \`${contract}\` |`);
  });
});

describe('colorizers.json', () => {
  it('names each colorizer once, with a licence and a source', () => {
    const known = knownColorizers();
    expect(new Set(known.map(({ name }) => name)).size).toBe(known.length);
    for (const { licence, source } of known) expect([licence, source].every((text) => text.length > 2)).toBe(true);
  });
});
