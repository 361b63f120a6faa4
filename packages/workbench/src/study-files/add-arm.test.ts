import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addArm } from './add-arm.js';

const colour = { map: 'shuffled', of: 'jet', seed: 3 } as const;

const forms: Record<string, string> = {
  'a block':
    'name: a # why\narms:\n  - name: gray\n    control: true\n    colour: none # plain\n  # the one that counts\n  - { name: turbo, colour: { map: turbo } }   # so far\n\n# networks\nmodel: { preset: small }\n',
  'a block whose last arm is one':
    'arms:\n- name: gray\n  colour: none\n- name: turbo\n  colour:\n    map: turbo # colours\n\n\n# end\nseeds: [1]\n',
  'a block at the end, without a last line break': 'arms:\n  - { name: gray, colour: none }',
  'one line': 'arms: [{ name: gray, colour: none }, { name: turbo, colour: { map: turbo } }] # all\nseeds: [1]\n',
  'lines in brackets': 'arms: [\n  { name: gray, colour: none }, # control\n]\nseeds: [1]\n',
  'line breaks of Windows': 'arms:\r\n  - { name: gray, colour: none }\r\n# next\r\nseeds: [1]\r\n',
};

describe('an arm is added to a study file', () => {
  it.each(Object.entries(forms))('written as %s: all else stays', (_, text) => {
    const added = addArm(text, 'a.yaml', 'new', colour);
    const [before, after] = [parse(text), parse(added.text)] as Record<string, unknown[]>[];
    expect(after).toEqual({ ...before, arms: [...before!.arms!, { name: 'new', colour }] });
    // What was written is still there, in its order: taking the new away gives the old.
    const arm = added.text.split(/\r?\n/)[added.line - 1]!;
    expect(arm).toContain('{ name: new, colour: { map: shuffled, of: jet, seed: 3 } }');
    const without = added.text.replace(
      /(, |\r?\n *- )\{ name: new, colour: \{ map: shuffled, of: jet, seed: 3 \} \}/,
      '',
    );
    expect(without).toBe(text);
  });

  it('never a second of one name, in whatever case', () => {
    const text = forms['a block']!;
    for (const name of ['turbo', 'Turbo', 'gray'])
      expect(() => addArm(text, 'a.yaml', name, colour)).toThrow(
        expect.objectContaining({ code: 'CHROMARAY_STUDY_FILE_DUPLICATE' }),
      );
  });

  it.each(['', 'arms: 3\n', 'arms: []\n', 'arms:\n', '[1, 2]\n', 'arms: [\n', 'arms: *x\n'])('not to %j', (text) => {
    expect(() => addArm(text, 'a.yaml', 'new', colour)).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_STUDY_FILE_ARMS' }),
    );
  });

  it('quotes a name that YAML would read as something else', () => {
    const { text } = addArm('arms: [{ name: gray }]', 'a.yaml', '007', 'repeat');
    expect(parse(text)).toEqual({ arms: [{ name: 'gray' }, { name: '007', colour: 'repeat' }] });
  });
});
