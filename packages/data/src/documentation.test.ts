import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('docs/data.md', () => {
  it('lists every error that reading and splitting a data set can give', () => {
    const errors = readFileSync(new URL('../../../docs/data.md', import.meta.url), 'utf8');
    const rooms = ['dataset', 'patients', 'split', 'balance', 'audit'];
    const sources = rooms.flatMap((room) => {
      const folder = new URL(`./${room}/`, import.meta.url);
      const names = readdirSync(folder).filter((name) => /(?<!\.test|-support)\.ts$/.test(name));
      return names.map((name) => readFileSync(new URL(name, folder), 'utf8'));
    });
    const codes = sources.flatMap((source) => [
      ...[...source.matchAll(/'CHROMARAY_[A-Z]+_([A-Z_]+)'/g)].map((match) => match[1]!),
      ...[...source.matchAll(/classError\(\s*'([A-Z_]+)'/g)].map((match) => match[1]!),
    ]);
    expect(codes.length).toBeGreaterThan(15);
    for (const code of codes) expect(errors).toContain(`_${code}\``);
  });
});
