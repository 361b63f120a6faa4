import { describe, expect, it } from 'vitest';
import { flow, valueAt, valuesOf, withValue } from './edit-yaml.js';

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
