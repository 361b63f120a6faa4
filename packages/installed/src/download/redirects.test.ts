import { describe, expect, it } from 'vitest';
import { nextAddress } from './redirects.js';

describe('the next address', () => {
  it('keeps to https where https was asked for', () => {
    const from = 'https://example.org/a/model.onnx';
    const next = (location: string) => nextAddress('WEIGHTS', from, location, from);
    expect(next('https://cdn.example.net/b')).toBe('https://cdn.example.net/b');
    expect(next('../c')).toBe('https://example.org/c');
    for (const location of ['http://example.org/a', 'http://127.0.0.1/', 'data:,x', 'https://user:word@example.org/']) {
      expect(() => next(location)).toThrow(
        expect.objectContaining({
          code: 'CHROMARAY_WEIGHTS_SERVER',
          remedy: expect.stringContaining('chromaray weights add'),
        }),
      );
    }
  });
});
