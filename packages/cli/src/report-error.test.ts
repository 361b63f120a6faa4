import { mkdirSync } from 'node:fs';
import { ChromarayError } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { recordedContext } from './program.test-support.js';
import { interrupted, reportError } from './report-error.js';

function report(error: unknown, { json = false, signal = new AbortController().signal } = {}) {
  const { context, text } = recordedContext({ signal });
  return { exitCode: reportError(error, { ...context, json }), ...text() };
}

const coded = (code: `CHROMARAY_${string}`) => new ChromarayError({ code, message: 'A.', remedy: 'B.' });

describe('reportError', () => {
  it.each([
    ['CHROMARAY_DATASET_EMPTY', 1],
    ['CHROMARAY_USAGE_FILE_EXISTS', 2],
    ['CHROMARAY_STUDY_FILE_UNKNOWN_KEY', 2],
    ['CHROMARAY_AUDIT_RISK_UNKNOWN', 2],
    ['CHROMARAY_CALIBRATE_STUDIES', 2],
    ['CHROMARAY_COLOUR_UNKNOWN_MAP', 2],
    ['CHROMARAY_STUDY_FILE_EDITED', 1],
    ['CHROMARAY_STUDY_FILE_DIFFERS', 1],
    ['CHROMARAY_OF_ANOTHER_VERSION', 1],
    ['CHROMARAY_AUDIT_BLOCKED', 3],
    ['CHROMARAY_INTERRUPTED', 130],
    ['CHROMARAY_TRAINING_CANCELLED', 130],
  ] as const)('%s ends with %i', (code, exitCode) => {
    expect(report(coded(code)).exitCode).toBe(exitCode);
  });

  it('prints message, remedy and code, and no stack', () => {
    expect(report(coded('CHROMARAY_DATASET_EMPTY'))).toEqual({
      exitCode: 1,
      out: '',
      err: '\nA.\n→ B.\n  (CHROMARAY_DATASET_EMPTY)\n',
    });
  });

  it('keeps the stack of a defect, and says whose it is', () => {
    const { exitCode, out, err } = report(new TypeError('x is undefined'), { json: true });
    expect(exitCode).toBe(1);
    expect(err).toContain('defect of Chromaray');
    expect(err).toContain('report-error.test.ts');
    expect(JSON.parse(out).error.code).toBe('CHROMARAY_DEFECT');
  });

  it('takes the end that Ctrl-C asked for as no defect', () => {
    const controller = new AbortController();
    controller.abort();
    const { exitCode, err } = report(controller.signal.reason, { signal: controller.signal });
    expect(exitCode).toBe(130);
    expect(err).not.toContain('defect');
    expect(report(new TypeError('x'), { signal: controller.signal }).err).toContain('defect');
  });

  it('explains what the system refuses', () => {
    const refused = (() => {
      try {
        mkdirSync('/dev/null/folder');
      } catch (error) {
        return error;
      }
    })();
    const { exitCode, err } = report(refused);
    expect(exitCode).toBe(1);
    expect(err).toContain('/dev/null/folder cannot be used: a part of the path is no folder (ENOTDIR).');
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('gives an interrupted command its own way to go on', () => {
    expect(report(interrupted('Go on with: chromaray study run a.yaml')).err).toContain(
      '→ Go on with: chromaray study run a.yaml',
    );
  });
});
