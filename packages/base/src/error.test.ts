import { describe, expect, it } from 'vitest';
import { ChromarayError, deserializeError, isChromarayError } from './error.js';

const error = new ChromarayError({ code: 'CHROMARAY_TEST', message: 'm', remedy: 'r', details: { file: 'f' } });

describe('ChromarayError', () => {
  it('survives the way through JSON', () => {
    const rebuilt = deserializeError(JSON.parse(JSON.stringify(error)));
    expect(rebuilt).toMatchObject({ code: 'CHROMARAY_TEST', message: 'm', remedy: 'r', details: { file: 'f' } });
    expect(isChromarayError(rebuilt)).toBe(true);
  });

  it('is known in another copy of its module, as published packages hold, by the function and by instanceof', async () => {
    const copy: typeof import('./error.js') = await import(`${'./error.ts'}?copy`);
    expect(copy.ChromarayError).not.toBe(ChromarayError);
    const foreign = new copy.ChromarayError({ code: 'CHROMARAY_TEST', message: 'm', remedy: 'r' });
    expect(Object.getPrototypeOf(foreign)).not.toBe(ChromarayError.prototype);
    expect(isChromarayError(foreign)).toBe(true);
    expect(foreign).toBeInstanceOf(ChromarayError);
    expect(error).toBeInstanceOf(copy.ChromarayError);
  });

  it('is not an error that happens to have such a code', () => {
    expect(isChromarayError(Object.assign(new Error('x'), { code: 'CHROMARAY_TEST' }))).toBe(false);
    expect(new Error('x')).not.toBeInstanceOf(ChromarayError);
  });

  it('is distinguished from errors of the system and from defects', () => {
    expect(isChromarayError(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe(false);
    expect(isChromarayError(new TypeError('x'))).toBe(false);
    expect(isChromarayError('CHROMARAY_TEST')).toBe(false);
  });
});
