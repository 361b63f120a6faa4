import { describe, expect, it } from 'vitest';
import { readSafetensors } from './safetensors.js';

function file(header: unknown, data: readonly number[]): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return Uint8Array.from([...length, ...text, ...data]);
}

// Made by safetensors.numpy.save({'a.weight': [[1, 2], [3, 4]], 'n': 7}, metadata={'license': 'mit'}), safetensors 0.8.0.
const saved =
  'mAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJsaWNlbnNlIjoibWl0In0sIm4iOnsiZHR5cGUiOiJJNjQiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzAsOF19LCJhLndlaWdodCI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMiwyXSwiZGF0YV9vZmZzZXRzIjpbOCwyNF19fSAgIAcAAAAAAAAAAACAPwAAAEAAAEBAAACAQA==';

describe('a safetensors file', () => {
  it('is read as its makers wrote it', () => {
    const { graph, metadata } = readSafetensors(Buffer.from(saved, 'base64'), 'a.safetensors');
    expect(graph.initializers.get('a.weight')).toEqual({
      dtype: 'float32',
      dims: [2, 2],
      data: Float32Array.of(1, 2, 3, 4),
    });
    expect(graph.initializers.get('n')).toEqual({ dtype: 'int64', dims: [], data: BigInt64Array.of(7n) });
    expect(metadata.get('license')).toBe('mit');
  });

  const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
  it.each([
    ['cut off within its length', Uint8Array.of(1, 0), /header is cut off/],
    ['cut off within its header', file({ a: entry }, []).subarray(0, 20), /header is cut off/],
    ['without JSON', file('nothing', []), /not JSON/],
    ['with a list', file([], []), /no list of tensors/],
    ['cut off within a tensor', file({ a: entry }, [0, 0, 0, 0]), /"a" is 2 F32.*0 to 8 of 4/],
    ['whose shape has more numbers than its bytes', file({ a: { ...entry, shape: [3] } }, new Array(8).fill(0)), /"a"/],
    ['with a negative place', file({ a: { ...entry, data_offsets: [-8, 0] } }, new Array(8).fill(0)), /"a" cannot/],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => readSafetensors(bytes, 'a.safetensors')).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_MODEL_CORRUPT', message: expect.stringMatching(message) }),
    );
  });

  it('of eight-bit floats is refused by type', () => {
    expect(() => readSafetensors(file({ a: { ...entry, dtype: 'F8_E4M3' } }, []), 'a.safetensors')).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_MODEL_TYPE' }),
    );
  });
});
