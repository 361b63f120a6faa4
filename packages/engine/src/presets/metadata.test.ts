import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { tinyNetwork } from '../fit/blobs.test-support.js';
import type { Model } from '../graph/types.js';
import { readMetadata, researchUseNotice, withMetadata } from './metadata.js';

const entry = {
  classes: ['NORMAL', 'PNEUMONIA'],
  positive: 'PNEUMONIA',
  threshold: 0.4,
  height: 8,
  width: 8,
  transform: 'none',
  preset: 'small',
  pretrained: { file: 'net.onnx', sha256: 'a'.repeat(64), licence: null },
};

const described = withMetadata(tinyNetwork().model, entry);
const withEntry = (json: string): Model => ({ ...described, metadata: new Map([['chromaray', json]]) });
const stored = described.metadata.get('chromaray')!;

function failure(json: string): { code: string; message: string } {
  try {
    readMetadata(withEntry(json), 'net.onnx');
  } catch (error) {
    return error as never;
  }
  throw new Error(`accepted: ${json}`);
}

describe("a model's metadata", () => {
  it('are read back as they were stored, with the notice of this program', () => {
    expect(readMetadata(described)).toEqual({ ...entry, notice: researchUseNotice });
    expect(readMetadata(withEntry(JSON.stringify({ ...entry, notice: 'Use it as you like.' })))?.notice).toBe(
      researchUseNotice,
    );
    expect(readMetadata(withEntry(JSON.stringify({ ...entry, later: 1, pretrained: undefined })))).toMatchObject({
      threshold: 0.4,
    });
  });

  const likeness = {
    pattern: { mean: Array(256).fill(0), spread: Array(256).fill(1) },
    ...{ fine: { mean: -1, spread: 0.2 }, limits: { pattern: 2, fine: 3 }, described: 400, calibrated: 100 },
  };

  it('may say what its training pictures look like', () => {
    expect(readMetadata(withEntry(JSON.stringify({ ...entry, likeness })))?.likeness).toEqual(likeness);
  });

  it.each<[string, object | string, RegExp]>([
    ['a likeness that is none', { likeness: 3 }, /"likeness" is 3, not what training pictures look like/],
    ['a likeness without limits', { likeness: { ...likeness, limits: {} } }, /"likeness" is/],
    [
      'a likeness of too few areas',
      { likeness: { ...likeness, pattern: { mean: [1], spread: [1] } } },
      /"likeness" is/,
    ],
    [
      'a likeness with a spread of 0',
      { likeness: { ...likeness, pattern: { ...likeness.pattern, spread: Array(256).fill(0) } } },
      /"likeness" is/,
    ],
    ['no JSON', '{"classes":', /is damaged: it is not JSON/],
    ['another kind of JSON', '[1]', /it is no object/],
    ['nothing', 'null', /it is no object/],
    ['a field that is missing', { height: undefined }, /"height" is missing, not a whole number from 1/],
    ['a side of no pixels', { width: 0 }, /"width" is 0/],
    ['a side that is a text', { width: '8' }, /"width" is "8"/],
    ['a threshold that is no number', { threshold: null }, /"threshold" is null, not a number from 0 to 1/],
    ['a threshold out of range', { threshold: 7 }, /"threshold" is 7/],
    ['classes that are no list', { classes: 'NORMAL' }, /"classes" is "NORMAL", not a list of two/],
    ['one class', { classes: ['PNEUMONIA'] }, /"classes" is \["PNEUMONIA"\]/],
    ['a class without a name', { classes: ['', 'PNEUMONIA'] }, /"classes" is/],
    ['a positive class that is none', { positive: 'COVID' }, /"positive" is "COVID", which is not among its classes/],
    ['no transform', { transform: 3 }, /"transform" is 3, not a text/],
    [
      'weights without a hash',
      { pretrained: { file: 'a', licence: null } },
      /"pretrained" is .*not a file, its SHA-256/,
    ],
    ['another size than the graph takes', { height: 16 }, /it says pictures of 16x8, the graph takes 8x8/],
  ])('are refused with their file where there is %s', (_, change, words) => {
    const { code, message } = failure(typeof change === 'string' ? change : JSON.stringify({ ...entry, ...change }));
    expect(code).toBe('CHROMARAY_MODEL_METADATA');
    expect(message).toMatch(/^net\.onnx: its metadata entry "chromaray" is damaged: /);
    expect(message).toMatch(words);
  });

  it('give values that can be used, or a code, whatever byte of them is damaged', () => {
    const random = new Random('metadata');
    for (let i = 0; i < 2000; i++) {
      const at = random.int(stored.length);
      const json = stored.slice(0, at) + String.fromCharCode(32 + random.int(95)) + stored.slice(at + random.int(3));
      try {
        const read = readMetadata(withEntry(json))!;
        expect([read.height, read.width]).toEqual([8, 8]);
        expect(read.threshold! >= 0 && read.threshold! <= 1 && read.classes.includes(read.positive!)).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: 'CHROMARAY_MODEL_METADATA' });
      }
    }
  });
});
