import { readFileSync } from 'node:fs';
import { allKeys, studyFileSchema } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { parseStudyFile } from './parse.js';

const page = readFileSync(new URL('../../../../docs/study-file.md', import.meta.url), 'utf8');
const rows = page.split('\n').flatMap((line) => {
  const [, key, standard] = /^\| `([a-z][\w.]*)` \| (.*?) \|/.exec(line) ?? [];
  return key === undefined ? [] : [{ key, standard: standard! }];
});

/** A key of a section that an arm overrides. */
const ofArm = (key: string): boolean => /^arms\.(image|balance|model|training|labels)\./.test(key);
/** How a searched key is drawn, which is explained once for all. */
const ofRange = (key: string): boolean => /^tune\.space\..*\.(linear|log)$/.test(key);
/** A key of a layer within a residual, which has the keys of layers. */
const ofResidual = (key: string): boolean => key.startsWith('model.layers.layers.');

describe('docs/study-file.md', () => {
  it('explains every key of a study file and no other', () => {
    const documented = rows.map(({ key }) => key).sort();
    const keys = allKeys(studyFileSchema);
    expect(documented).toEqual(keys.filter((key) => !ofArm(key) && !ofRange(key) && !ofResidual(key)).sort());
    // What an arm has in place of a section has the section's keys, which are explained there.
    const strangers = keys.filter((key) => ofArm(key) && !keys.includes(key.slice('arms.'.length)));
    expect(strangers).toEqual([]);
  });

  it('states the defaults that the program fills in', () => {
    const text = `name: s
dataset: { path: d, positive: P }
split: {}
image: { crop: { left: 0.1 }, clahe: {} }
balance: { method: augment }
labels: { flip: 0.1 }
tune: { space: { training: { batch: { linear: [8, 64] } } } }
execution: {}
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
        key === 'balance.method' ||
        key === 'image.crop.left'
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
