import { describe, expect, it } from 'vitest';
import { ChromarayError, deserializeError, isChromarayError } from './error.js';

const error = new ChromarayError({ code: 'CHROMARAY_TEST', message: 'm', remedy: 'r', details: { file: 'f' } });

describe('ChromarayError', () => {
  it('survives the way through JSON', () => {
    const rebuilt = deserializeError(JSON.parse(JSON.stringify(error)));
    expect(rebuilt).toMatchObject({ code: 'CHROMARAY_TEST', message: 'm', remedy: 'r', details: { file: 'f' } });
    expect(isChromarayError(rebuilt)).toBe(true);
  });

  it('is told from the errors of the system and of defects', () => {
    expect(isChromarayError(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe(false);
    expect(isChromarayError(new TypeError('x'))).toBe(false);
    expect(isChromarayError('CHROMARAY_TEST')).toBe(false);
  });
});
