import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { load, ort, ortFolder } from './library.js';

describe('ONNX Runtime', () => {
  it('is loaded once', () => {
    expect(ort()).toBe(ort());
    expect(ort().env.logLevel).toBe('fatal');
  });

  it('lies where its libraries are', () => {
    expect(readdirSync(ortFolder())).toContain('onnxruntime_binding.node');
  });

  it('is one error with what to do where it has no binary', () => {
    const missing = () => {
      throw Object.assign(new Error("Cannot find module '../bin/onnxruntime_binding.node'\nRequire stack:\n- a"), {
        code: 'MODULE_NOT_FOUND',
      });
    };
    expect(() => load(missing)).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_ONNXRUNTIME_BINARY',
        message: `ONNX Runtime does not load on ${process.platform} ${process.arch}: Cannot find module '../bin/onnxruntime_binding.node'`,
        remedy: expect.stringContaining('Linux (glibc)'),
      }),
    );
  });
});
