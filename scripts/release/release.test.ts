import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { released } from './changelog.js';
import { atVersion } from './manifest-version.js';

describe('the changelog of a release', () => {
  const before = '# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0 (2026-01-31)\n\n- Old.\n';

  it('has what was unreleased under its version, and an empty section for what follows', () => {
    const after = released(before, '0.2.0', '2026-02-01');
    expect(after).toBe(
      '# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-02-01)\n\n- New.\n\n## 0.1.0 (2026-01-31)\n\n- Old.\n',
    );
    expect(() => released(after, '0.3.0', '2026-02-02')).toThrow('Nothing stands under');
  });

  it('is refused for a version that is there', () => {
    expect(() => released(before, '0.1.0', '2026-02-01')).toThrow('already');
  });

  it('of this repository can be made', () => {
    const changelog = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
    expect(released(changelog, '99.0.0', '2099-01-01')).toContain('## 99.0.0 (2099-01-01)');
  });
});

describe('a manifest at another version', () => {
  const manifest = JSON.stringify({
    name: '@x/top',
    version: '0.1.0',
    dependencies: { '@x/low': '0.1.0', zod: '^4.0.0' },
    devDependencies: { '@x/testing': '0.1.0' },
  });

  it('depends on the others at that version, and on strangers as before', () => {
    expect(JSON.parse(atVersion(manifest, '0.2.0', ['@x/top', '@x/low', '@x/testing']))).toEqual({
      name: '@x/top',
      version: '0.2.0',
      dependencies: { '@x/low': '0.2.0', zod: '^4.0.0' },
      devDependencies: { '@x/testing': '0.2.0' },
    });
  });

  it.each([
    ['0.1.0', 'not newer'],
    ['0.0.9', 'not newer'],
    ['0.1.0-beta.1', 'not newer'],
    ['next', 'not a version'],
    ['1.0', 'not a version'],
  ])('%s is refused: %s', (version, why) => {
    expect(() => atVersion(manifest, version, [])).toThrow(why);
  });

  it('goes from one pre-release to the next, and to the release', () => {
    const at = (version: string) => JSON.stringify({ version });
    expect(atVersion(at('1.0.0-beta.9'), '1.0.0-beta.10', [])).toContain('1.0.0-beta.10');
    expect(atVersion(at('1.0.0-beta.9'), '1.0.0', [])).toContain('"1.0.0"');
  });
});
