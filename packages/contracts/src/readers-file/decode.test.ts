import { describe, expect, it } from 'vitest';
import { decodeReadersFile } from './decode.js';

const arms = '[{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }]';

interface Parts {
  readonly cases?: string;
  readonly arms?: string;
  readonly readers?: string;
  readonly more?: string;
}

function text({
  cases = '{ dataset: { path: data, positive: P } }',
  arms: list = arms,
  readers = '[R1, R2]',
  more = '',
}: Parts = {}) {
  return `name: colour\ncases: ${cases}\narms: ${list}\nreaders: ${readers}\n${more}\n`;
}

const decode = (parts: Parts = {}) =>
  decodeReadersFile(text(parts), 'readers.yaml', { maps: ['turbo', 'viridis', 'shuffled'] });

describe('the file of a reader study', () => {
  it('has defaults: crossed, four weeks, AUC, other readers and other cases', () => {
    const { design, endpoint, scale, back, training, cases } = decode();
    expect(design).toEqual({ kind: 'crossed', washout: 28 });
    expect(endpoint).toEqual({
      ...{ metric: 'auc', margin: 0.05, alpha: 0.05, correction: 'holm' },
      ...{ readers: 'random', cases: 'random', covariance: 'jackknife' },
    });
    expect(scale.anchors).toEqual(['certainly absent', 'undecided', 'certainly present']);
    expect([back, training.perClass, cases.onePerPatient]).toEqual([false, 3, true]);
  });

  it.each<[string, Parts, RegExp]>([
    [
      'an unknown key',
      { more: 'desing: { kind: crossed }' },
      /line 5: there is no key "desing"; did you mean "design"\?/,
    ],
    [
      'an unknown key within',
      { more: 'design: { washuot: 3 }' },
      /no key "washuot" in design; did you mean "washout"\?/,
    ],
    ['a word that is none', { more: 'design: { kind: crosed }' }, /did you mean "crossed"\?/],
    ['one arm', { arms: '[{ name: gray, control: true, colour: none }]' }, /only one arm/],
    [
      'no control',
      { arms: '[{ name: a, colour: none }, { name: b, colour: { map: turbo } }]' },
      /no arm is the control/,
    ],
    [
      'an unknown map',
      { arms: arms.replace('map: turbo', 'map: turob') },
      /no colour map "turob"; did you mean "turbo"\?/,
    ],
    [
      'channels that a network learns',
      { arms: arms.replace('{ map: turbo }', '{ learned: true }') },
      /nobody can look at/,
    ],
    ['no reader', { readers: '[]' }, /there is no reader/],
    ['a reader twice', { readers: '[R1, r1]' }, /"r1" is given twice/],
    ['a name of a person', { readers: "['Dr. Ann Smith']" }, /is no code/],
    ['too few sessions', { more: 'design: { sessions: 3 }' }, /2 arms need 2, or a multiple of it/],
    ['blocks without split-plot', { more: 'design: { blocks: 2 }' }, /no meaning for the design "crossed"/],
    ['split-plot without blocks', { more: 'design: { kind: split-plot }' }, /needs "blocks"/],
    ['too few readers for blocks', { more: 'design: { kind: split-plot, blocks: 2 }' }, /at least two readers each/],
    [
      'three arms one after the other',
      {
        arms: '[{ name: gray, control: true, colour: none }, { name: a, colour: { map: turbo } }, { name: b, colour: { map: viridis } }]',
        more: 'design: { kind: sequential }',
      },
      /there are 3 arms/,
    ],
    ['sensitivity without a cut', { more: 'endpoint: { metric: sensitivity }' }, /needs "cut"/],
    ['a cut without use', { more: 'endpoint: { cut: 50 }' }, /no meaning for the metric "auc"/],
    ['a range backwards', { more: 'endpoint: { metric: partial auc, range: [0.4, 0.2] }' }, /runs from 0.4 to 0.2/],
    ['nothing that varies', { more: 'endpoint: { readers: fixed, cases: fixed }' }, /nothing would vary/],
    ['a negative washout', { more: 'design: { washout: -1 }' }, /"design.washout" is -1; expected at least 0/],
    ['two anchors', { more: 'scale: { anchors: [no, yes] }' }, /scale.anchors/],
  ])('names what is wrong with its line: %s', (_, parts, said) => {
    expect(() => decode(parts)).toThrow(said);
    expect(() => decode(parts)).toThrow(expect.objectContaining({ code: 'CHROMARAY_READERS_FILE' }));
  });

  it.each([
    ['', /it is empty/],
    ['- a list', /a list or a single value/],
    ['name: [', /not valid YAML/],
  ])('says what %j is not', (content, said) => {
    expect(() => decodeReadersFile(content, 'readers.yaml')).toThrow(said);
  });

  it('lists everything that is wrong', () => {
    try {
      decode({ readers: '[R1, R1]', more: 'design: { sessions: 3 }\nendpoint: { cut: 5 }' });
    } catch (error) {
      const { problems } = (error as { details: { problems: unknown[] } }).details;
      expect(problems).toHaveLength(3);
    }
    expect.assertions(1);
  });
});
