import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ReportReader, writeReport } from './trial-report.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-report-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const epoch = {
  ...{ epoch: 1, trainLoss: 0.5, trainAccuracy: 0.75, validationLoss: Number.NaN, validationAccuracy: 0.5 },
  ...{ validationAuroc: 1, learningRate: 0.001, seconds: 2 },
};

describe('reports of a trial', () => {
  it('are read once each, in order, numbers that JSON has not included', () => {
    const file = path.join(root, 'order.jsonl');
    const reader = new ReportReader(file);
    expect(reader.read()).toEqual([]);
    writeReport(file, { kind: 'on', machine: 'node1', restart: 0 });
    writeReport(file, { kind: 'epoch', epoch });
    expect(reader.read()).toEqual([
      { kind: 'on', machine: 'node1', restart: 0 },
      { kind: 'epoch', epoch },
    ]);
    expect(reader.read()).toEqual([]);
    writeReport(file, { kind: 'short' });
    expect(reader.read()).toEqual([{ kind: 'short' }]);
  });

  it('pass over a line that a killed task has cut short, and what nobody knows', () => {
    const file = path.join(root, 'cut.jsonl');
    const reader = new ReportReader(file);
    appendFileSync(file, '\n{"kind":"epoch","ep');
    expect(reader.read()).toEqual([]);
    writeReport(file, { kind: 'short' });
    appendFileSync(file, '{"kind":"run","command":"rm"}\nno json\n');
    expect(reader.read()).toEqual([{ kind: 'short' }]);
  });
});
