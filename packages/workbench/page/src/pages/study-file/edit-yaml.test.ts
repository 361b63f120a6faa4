import { describe, expect, it } from 'vitest';
import { flow, parsedFlow, valueAt, valuesOf, withValue } from './edit-yaml.js';

const text = `# What this is for
name: mine   # a name
dataset: { path: data, positive: PNEUMONIA }  # the set

arms:   # two of them
  - { name: gray, control: true, colour: none }
  - name: turbo
    colour: { map: turbo }  # bright
training:
  # few, for a try
  epochs: 22
seeds: [1, 2]
`;
const after = (path: readonly (string | number)[], value: unknown) => withValue(text, path, value)!;
/** Lines that differ. */
const changed = (now: string) => {
  const [before, lines] = [text.split('\n'), now.split('\n')];
  return lines.filter((line) => !before.includes(line));
};
const comments = ['# What this is for', '# a name', '# the set', '# two of them', '# bright', '# few, for a try'];

describe('a study file that a form changes', () => {
  it.each([
    [['name'], 'other', ['name: other   # a name']],
    [['training', 'epochs'], 3, ['  epochs: 3']],
    [['arms', 1, 'colour'], { map: 'jet' }, ['    colour: { map: jet }  # bright']],
    [['seeds'], [1, 2, 3], ['seeds: [ 1, 2, 3 ]']],
    [['dataset', 'path'], 'a: b', ['dataset: { path: "a: b", positive: PNEUMONIA }  # the set']],
  ])('has %j written over where it stands', (path, value, lines) => {
    expect(changed(after(path, value))).toEqual(lines);
    expect(valueAt(valuesOf(after(path, value)), path)).toEqual(value);
  });

  it.each([
    [['dataset', 'layout'], 'folders', 'dataset: { path: data, positive: PNEUMONIA, layout: folders }  # the set'],
    [['training', 'batch'], 8, '  batch: 8'],
    [['image', 'size'], 64, '  size: 64'],
    [['arms', 2], { name: 'jet', colour: { map: 'jet' } }, '  - { name: jet, colour: { map: jet } }'],
  ])('gets %j where there was none, and keeps every comment', (path, value, line) => {
    const now = after(path, value);
    expect(now.split('\n').map((one) => one.trimEnd())).toContain(line);
    expect(valueAt(valuesOf(now), path)).toEqual(value);
    for (const comment of comments) expect(now).toContain(comment);
  });

  it('loses what is set back to its default, and no more', () => {
    const now = after(['dataset', 'positive'], undefined);
    expect(valuesOf(now)).toEqual({ ...(valuesOf(text) as object), dataset: { path: 'data' } });
    expect(now).toContain('# the set');
    expect(after(['image', 'size'], undefined)).toBe(text);
  });

  it('is left alone while it is no YAML, or has something else in that place', () => {
    expect(withValue('name: [', ['name'], 'x')).toBeUndefined();
    expect(withValue('dataset: here\n', ['dataset', 'path'], 'x')).toBeUndefined();
    expect(valuesOf('name: [')).toBeUndefined();
  });

  it('keeps text that looks like something else as text', () => {
    for (const word of ['yes', '1', 'null', '# no', '{', 'a: b', ''])
      expect(valueAt(valuesOf(after(['name'], word)), ['name'])).toBe(word);
    expect(flow([1, 'a'])).toBe('[ 1, a ]');
  });
});

describe('a study with layers of its own and factors', () => {
  const own = `name: own
model:
  layers:   # from the picture on
    - { layer: conv, filters: 8, stride: 2, constraint: { minNorm: 0, maxNorm: 2 } }
    - layer: residual
      layers:
        - { layer: conv, filters: 8 }   # inside
        - { layer: activation, kind: relu }
    - { layer: pool, kind: global-average }
arms:
  - { name: a, control: true }
  - { name: b, model: { layers: [ { layer: norm }, { layer: flatten } ] }, labels: null }
factors: { size: { key: image.size, levels: { small: 32, large: 64 } }, clahe: { key: image.clahe, levels: { off: null, on: { clip: 2 } } } }
`;
  const values = valuesOf(own);

  it.each([
    [['model', 'layers']],
    [['arms', 1, 'model', 'layers']],
    [['arms', 1, 'labels']],
    [['factors']],
    [['factors', 'clahe', 'levels']],
  ])('has %j shown in a field and written back without loss', (path) => {
    const shown = flow(valueAt(values, path));
    expect(shown).not.toContain('\n');
    expect(valuesOf(withValue(own, path, parsedFlow(shown))!)).toEqual(values);
  });

  it('keeps its layers to the letter when something else is changed', () => {
    const now = withValue(own, ['arms', 0, 'image'], { size: 48 })!;
    const layers = (of: string) => of.slice(of.indexOf('model:'), of.indexOf('arms:'));
    expect(layers(now)).toBe(layers(own));
    expect(valueAt(valuesOf(now), ['arms', 0, 'image', 'size'])).toBe(48);
  });
});
