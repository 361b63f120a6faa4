import { readFileSync } from 'node:fs';
import { allKeys, studyFileSchema } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { parseStudyFile } from './parse.js';

const page = readFileSync(new URL('../../../../docs/study-file.md', import.meta.url), 'utf8');
const rows = page.split('\n').flatMap((line) => {
  const [, key, standard] = /^\| `([a-z][\w.]*)` \| (.*?) \|/.exec(line) ?? [];
  return key === undefined ? [] : [{ key, standard: standard! }];
});

describe('docs/study-file.md', () => {
  it('explains every key of a study file and no other', () => {
    const documented = rows.map(({ key }) => key).sort();
    expect(documented).toEqual([...allKeys(studyFileSchema)].sort());
  });

  it('states the defaults that the program fills in', () => {
    const text = `name: s
dataset: { path: d, positive: P }
split: {}
balance: { method: augment }
arms: [{ name: a, control: true, colour: none }, { name: b, colour: repeat }]
model: { preset: small }
`;
    const filled = parseStudyFile(text, 'study.yaml');
    const wrong = rows.filter(({ key, standard }) => {
      const value = key
        .split('.')
        .reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], filled);
      const said = /^`(.*)`$/.exec(standard)?.[1];
      if (
        said === undefined ||
        key.startsWith('arms') ||
        key.startsWith('split.steps') ||
        key.startsWith('model') ||
        key === 'balance.method'
      )
        return false;
      return said !== (typeof value === 'string' ? value : JSON.stringify(value)?.replaceAll(',', ', '));
    });
    expect(wrong).toEqual([]);
  });

  it('shows an example that parses', () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(page)![1]!;
    expect(parseStudyFile(example, 'study.yaml').arms).toHaveLength(5);
  });
});
