import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contractNames } from './contract.js';
import { knownColorizers } from './registry.js';

const page = readFileSync(new URL('../../../../docs/colour.md', import.meta.url), 'utf8');

describe('docs/colour.md', () => {
  it('lists every error of a colorizer and no other', () => {
    const folder = new URL('.', import.meta.url);
    const sources = readdirSync(folder).filter((name) => /(?<!\.test|-support)\.ts$/.test(name));
    const text = sources.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
    const thrown = [...text.matchAll(/(?:colorizerError\(\s*|\? )'([A-Z_]+)'(?:,| : '([A-Z_]+)')/g)].flatMap(
      ([, first, second]) => (second === undefined ? [first!] : [first!, second]),
    );
    const listed = [...page.matchAll(/^\| `CHROMARAY_COLORIZER_([A-Z_]+)`/gm)].map((match) => match[1]!);
    expect([...new Set(thrown)].sort()).toEqual(listed.sort());
  });

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
